import { describe, expect, it } from 'vitest'
import { valuesIn } from '../pii.fixture.ts'
import { anyShape, describeIds } from './ids.fixture.ts'
import { PLATES } from './plates.ts'

describeIds(PLATES, {
  VEHICLE_REGISTRATION: {
    unknown: [
      'M-KL 4482',
      'STA XY 119',
      'FG-412-KD',
      '4821 KBD',
      'KX-482-D',
      'AA-12-BC',
      'KR 4A821',
      '34 ABC 123',
      '8KLM402',
    ],
    unproven: anyShape(PLATES, 'VEHICLE_REGISTRATION'),
  },
})

const plates = (text: string): string[] => valuesIn(text, 'VEHICLE_REGISTRATION')

describe('what vehicles bear', () => {
  it.each([
    ['Kfz-Kennzeichen: B-BK 1980', 'B-BK 1980'],
    ['fuhr der Fahrer des Fahrzeugs M-KL 4482 auf', 'M-KL 4482'],
    ['auf mein Auto (STA XY 119) auf', 'STA XY 119'],
    ['Renault Clio, immatriculé FG-412-KD, gris', 'FG-412-KD'],
    ['Matrícula del coche: 4821 KBD', '4821 KBD'],
    ["il furto dell'auto targata FX 482 KD", 'FX 482 KD'],
    ['kenteken 12-ZTB-4', '12-ZTB-4'],
    ['matrícula AA-12-BC', 'AA-12-BC'],
    ['placa ABC1D23', 'ABC1D23'],
    ['nr rej. KR 4A821', 'KR 4A821'],
    ['registreringsnummer ABC 12D', 'ABC 12D'],
    ['34 ABC 123 plakalı aracının', '34 ABC 123'],
    ['license plate number 8KLM402', '8KLM402'],
    ['{"licensePlate":"KVN-8827"}', 'KVN-8827'],
  ])('%s', (text, plate) => expect(plates(text)).toContain(plate))

  it.each([
    'das Kennzeichen ist ab 2024 neu',
    'das Auto hat 90 PS und 5 Gänge, Kennzeichen folgt am 12',
    'the license plate reader takes 120 frames',
    'plate 12-4 in the appendix',
    'la placa base tiene 4 ranuras de 16 GB',
    'la plaque de 20 cm',
    'M-KL 4482 is the model',
  ])('%s has none', (text) => expect(plates(text)).toEqual([]))
})

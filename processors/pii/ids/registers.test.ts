import { describe, expect, it } from 'vitest'
import { hitsIn, valuesIn } from '../pii.fixture.ts'
import { anyShape, describeIds } from './ids.fixture.ts'
import { REGISTERS } from './registers.ts'

describeIds(REGISTERS, {
  EMPLOYEE_ID: {
    unknown: ['E-004871', 'EMP-2291', '77120'],
    invalid: ['00000'],
    unproven: anyShape(REGISTERS, 'EMPLOYEE_ID'),
  },
  CUSTOMER_ID: {
    unknown: ['CUST-99218', 'KD-448210', '7718 2204'],
    invalid: ['0000000'],
    unproven: anyShape(REGISTERS, 'CUSTOMER_ID'),
  },
  HEALTH_INSURANCE_NUMBER: {
    unknown: ['XWB882914701', 'TREM 8507 1214', '80380001234567890123'],
    unproven: anyShape(REGISTERS, 'HEALTH_INSURANCE_NUMBER'),
  },
})

describe('numbers of people', () => {
  it.each([
    ['Employee ID: E-004871', 'EMPLOYEE_ID', 'E-004871'],
    ['user ann (emp no 77120) called', 'EMPLOYEE_ID', '77120'],
    ['Personalnummer: 00348', 'EMPLOYEE_ID', '00348'],
    ['Nº de empleado: EMP-2291', 'EMPLOYEE_ID', 'EMP-2291'],
    ['employee_id,name\n4410,Eastwood', 'EMPLOYEE_ID', '4410'],
    ['{"employeeNumber":"6129"}', 'EMPLOYEE_ID', '6129'],
    ['"customerId": "CUST-99218"', 'CUSTOMER_ID', 'CUST-99218'],
    ['meine Kundennummer ist KD-448210', 'CUSTOMER_ID', 'KD-448210'],
    ['Policy number: HO-7729-44182', 'CUSTOMER_ID', 'HO-7729-44182'],
    ['Frequent flyer: EK 482 991 027', 'CUSTOMER_ID', 'EK 482 991 027'],
    ['polis AV-3301882', 'CUSTOMER_ID', 'AV-3301882'],
    ['Insurance Member ID: XWB882914701', 'HEALTH_INSURANCE_NUMBER', 'XWB882914701'],
    ['tessera sanitaria n. 80380001234567890123', 'HEALTH_INSURANCE_NUMBER', '80380001234567890123'],
    ['保険証番号 12345678', 'HEALTH_INSURANCE_NUMBER', '12345678'],
    ['Patient ID PT-661029', 'MEDICAL_RECORD_NUMBER', 'PT-661029'],
  ])('%s', (text, type, value) => expect(valuesIn(text, type)).toContain(value))

  it.each([
    'customers with policy from 12 January 2024',
    'the customer number grew by half, to 12,000 in 2024',
    'projects/7450/badge',
    'each employee works 1800 hours',
    'membership costs 120 a year since 2019',
    'Subscriber ID of the queue, see line 4482 below',
  ])('%s has none', (text) =>
    expect(hitsIn(text).filter(({ type }) => /^(?:EMPLOYEE|CUSTOMER|HEALTH_INS)/.test(type))).toEqual([]),
  )
})

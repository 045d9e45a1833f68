import { describe, expect, it } from 'vitest'
import { valuesIn } from '../pii.fixture.ts'

const found = (text: string): string[] => valuesIn(text, 'USERNAME')

describe('accounts in addresses of their pages', () => {
  it.each([
    ['see https://github.com/ann-moss for code', 'ann-moss'],
    ['https://github.com/ann-moss/', 'ann-moss'],
    ['(https://gitlab.com/annmoss)', 'annmoss'],
    ['twitter.com/ann_moss and more', 'ann_moss'],
    ['https://x.com/ann_moss.', 'ann_moss'],
    ['www.instagram.com/ann.moss', 'ann.moss'],
    ['https://de.linkedin.com/in/ann-moss-4a81b2/', 'ann-moss-4a81b2'],
    ['https://www.linkedin.com/in/anna-müller', 'anna-müller'],
    ['https://www.facebook.com/ann.moss.923', 'ann.moss.923'],
    ['tiktok.com/@ann_moss01', 'ann_moss01'],
    ['https://t.me/ann_moss77', 'ann_moss77'],
    ['https://www.reddit.com/user/ann_moss82?sort=new', 'ann_moss82'],
    ['says u/ann_moss82', 'ann_moss82'],
    ['[me](https://www.youtube.com/@annmoss)', 'annmoss'],
    ['paypal.me/annmoss', 'annmoss'],
  ])('%s', (text, name) => expect(found(text)).toEqual([name]))

  it.each([
    'https://github.com/nodejs/node/issues/4412',
    'https://github.com/features',
    'https://github.com/login?client_id=4',
    'https://raw.example.com/github/ann',
    'https://twitter.com/intent/tweet?text=x',
    'https://twitter.com/home',
    'https://www.instagram.com/p/Cx12ab_/',
    'https://www.facebook.com/sharer.php?u=x',
    'https://www.linkedin.com/company/acme',
    'https://www.linkedin.com/feed/',
    'https://www.youtube.com/watch?v=abc',
    'https://t.me/joinchat/AAAA1',
    'https://github.com/your-username',
    'drive.google.com/drive/u/0/my-drive',
    'src/u/tools.ts',
    'km/u or so',
    'instagram.com/index.html',
  ])('%s has none', (text) => expect(found(text)).toEqual([]))
})

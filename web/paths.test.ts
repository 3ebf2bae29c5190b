import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressOf, ownPath } from './paths.ts'

test('an address carries its parameters encoded and leaves blank filters out', () => {
  assert.equal(
    addressOf(
      { path: '/api/measures/:code/records' },
      { params: { code: 'a/b' }, query: { from: '2024-05-01', unit: undefined, product: '' } },
    ),
    '/api/measures/a%2Fb/records?from=2024-05-01',
  )
  assert.equal(addressOf({ path: '/api/me' }), '/api/me')
})

test('after sign-in only a path of this site is followed', () => {
  assert.equal(ownPath('/board?period=2024-05'), '/board?period=2024-05')
  for (const other of [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '',
    undefined,
  ])
    assert.equal(ownPath(other), '/board')
  assert.equal(ownPath('/sign-in?back=/sign-in'), '/board')
})

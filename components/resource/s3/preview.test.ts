import { expect, it } from 'vitest'
import { imageType, previewKind } from './preview'

it.each([
  ['cover.png', 'image/png', 'image'],
  ['cover.JPG', 'application/octet-stream', 'image'],
  ['page.html', 'text/html', 'text'],
  ['drawing.svg', 'image/svg+xml', 'text'],
  ['books.json', 'application/octet-stream', 'text'],
  ['archive.zip', 'application/zip', 'none'],
  ['trick.png', 'text/html', 'text'],
])('shows %s of type %s as %s', (key, type, kind) => {
  expect(previewKind(key, type)).toBe(kind)
})

it('serves nothing as a picture that could hold a script', () => {
  expect(imageType('x.svg', 'image/svg+xml')).toBeUndefined()
  expect(imageType('x.png', 'text/html; charset=utf-8')).toBeUndefined()
  expect(imageType('x', 'image/png; charset=binary')).toBe('image/png')
})

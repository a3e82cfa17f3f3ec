import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { refusalKey } from './refusal-key'

const messages = (locale: string) => JSON.parse(readFileSync(`messages/${locale}/lab-refusals.json`, 'utf8')) as Record<string, string>

it.each([
  ['InvalidParameterValueException', 'The role defined for the function cannot be assumed by Lambda.', 'roleNotAssumable'],
  ['InvalidParameterValueException', 'Could not unzip uploaded file. Please check your file, then try to upload again.', 'brokenZip'],
  ['InvalidParameterValueException', 'Unzipped size must be smaller than 262144000 bytes', 'tooLarge'],
  ['InvalidParameterValueException', 'Some parameter is off', 'invalid'],
  ['ResourceConflictException', 'Function already exist: bookshop', 'alreadyThere'],
  ['ResourceConflictException', 'The operation cannot be performed at this time. An update is in progress', 'beingUpdated'],
  ['NoSuchEntityException', 'The role with name x cannot be found.', 'notThere'],
  ['EntityAlreadyExists', 'Role with name x already exists.', 'alreadyThere'],
  ['AccessDeniedException', 'User: … is not authorized to perform: lambda:InvokeFunction', 'denied'],
  ['AccessDenied', 'User: … is not authorized to perform: sts:AssumeRole on resource: …', 'denied'],
  ['SomethingNew', '', 'other'],
])('explains %s (%s)', (name, message, key) => {
  expect(refusalKey({ name, message })).toBe(key)
  expect(messages('vi')[key]).toBeTruthy()
  expect(messages('en')[key]).toBeTruthy()
})

it('has the same explanations in both languages', () => {
  expect(Object.keys(messages('vi'))).toEqual(Object.keys(messages('en')))
})

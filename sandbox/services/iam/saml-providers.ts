import { createPrivateKey } from 'node:crypto'
import { uniqueId } from '../../credentials'
import { invalidInput, notFound, overLimit } from './entities'
import { samlProviders, type SamlProvider } from './records'
import type { Stored } from './stored'
import { isWellFormed } from './well-formed-xml'

/** Two, so that one can be replaced without a gap (API reference, UpdateSAMLProvider). */
const MOST_PRIVATE_KEYS = 2
/** Of a provider whose metadata names no end. */
const LIFE_YEARS = 100

/** `arn:aws:iam::123456789012:saml-provider/ADFS` */
export function samlProviderArn(account: string, name: string): string {
  return `arn:aws:iam::${account}:saml-provider/${name}`
}

/** Providers, by ARN. */
export const SAML: Stored<SamlProvider> = {
  collection: samlProviders,
  async require({ sandbox, account }, arn) {
    if (!/^arn:aws[\w-]*:iam::\d{12}:saml-provider\/.+/.test(arn)) throw invalidInput(`Invalid ARN:  ${arn}`)
    const provider = await sandbox.store.get(samlProviders, account, arn)
    if (!provider) throw notFound(`Manifest not found for arn ${arn}`)
    return provider
  },
}

/** When the metadata of an identity provider ends. @throws InvalidInputException where it is no such metadata */
export function readMetadata(text: string, now: number): { validUntil: string } {
  const [root = ''] = /<(?:[\w.-]+:)?EntityDescriptor\b[^>]*>/.exec(text) ?? []
  const isMetadata = isWellFormed(text) && /\bentityID\s*=\s*["'][^"']+["']/.test(root) && /<(?:[\w.-]+:)?IDPSSODescriptor\b/.test(text) && /<(?:[\w.-]+:)?X509Certificate\b/.test(text)
  if (!isMetadata) throw invalidInput('Could not parse metadata')
  const [, named] = /\bvalidUntil\s*=\s*["']([^"']+)["']/.exec(root) ?? []
  const until = named === undefined ? new Date(now) : new Date(named)
  if (Number.isNaN(until.getTime())) throw invalidInput('Could not parse metadata')
  if (named === undefined) until.setUTCFullYear(until.getUTCFullYear() + LIFE_YEARS)
  return { validUntil: until.toISOString() }
}

/** A provider's keys with one more. @throws InvalidInputException where it is no private key, LimitExceededException */
export function withPrivateKey(before: SamlProvider['privateKeys'], key: string | undefined, now: number): SamlProvider['privateKeys'] {
  if (key === undefined) return before
  try {
    createPrivateKey(key)
  } catch {
    throw invalidInput('Could not parse private key')
  }
  if (before.length >= MOST_PRIVATE_KEYS) throw overLimit(`Cannot exceed quota for PrivateKeysPerSAMLProvider: ${MOST_PRIVATE_KEYS}`)
  return [...before, { id: uniqueId('SAMLPK'), addedAt: new Date(now).toISOString() }]
}

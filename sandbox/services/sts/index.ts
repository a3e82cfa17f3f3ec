import * as sdk from '@aws-sdk/client-sts'
import type { Service } from '../../operation'
import constraints from './constraints.json' with { type: 'json' }
import { assumeRole } from './operations/assume-role'
import { assumeRoleWithWebIdentity } from './operations/assume-role-with-web-identity'
import { decodeAuthorizationMessage } from './operations/decode-authorization-message'
import { getAccessKeyInfo } from './operations/get-access-key-info'
import { getCallerIdentity } from './operations/get-caller-identity'
import { getFederationToken } from './operations/get-federation-token'
import { getSessionToken } from './operations/get-session-token'

/** AWS Security Token Service. */
export const sts: Service = {
  name: 'sts',
  eventSource: 'sts.amazonaws.com',
  protocol: 'query',
  apiVersion: '2011-06-15',
  xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
  sdk: sdk as unknown as Record<string, unknown>,
  constraints: constraints as Service['constraints'],
  validationCode: 'ValidationError',
  deniedCode: 'AccessDenied',
  operations: [assumeRole, assumeRoleWithWebIdentity, decodeAuthorizationMessage, getAccessKeyInfo, getCallerIdentity, getFederationToken, getSessionToken],
}

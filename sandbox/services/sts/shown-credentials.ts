import type { Credentials } from '@aws-sdk/client-sts'
import type { Session } from '../../credentials'

/** Temporary credentials as STS shows them. */
export function shownCredentials({ accessKeyId, secretAccessKey, sessionToken, expiration }: Session): Credentials {
  return { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken, Expiration: expiration }
}

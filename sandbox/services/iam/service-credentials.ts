import { ServiceNotSupportedException, type ServiceSpecificCredentialMetadata } from '@aws-sdk/client-iam'
import { secretKey, uniqueId } from '../../credentials'
import { notFound } from './entities'
import type { ServiceCredential, User } from './records'

/** Services with a user name and password, and those with a key of one piece (API reference, CreateServiceSpecificCredential). */
const WITH_PASSWORD = ['codecommit.amazonaws.com', 'cassandra.amazonaws.com']
const WITH_KEY = ['bedrock.amazonaws.com']
const DAY_MS = 86_400_000

/** @throws ServiceNotSupportedException */
export function requireSupported(serviceName: string): void {
  if ([...WITH_PASSWORD, ...WITH_KEY].includes(serviceName)) return
  throw new ServiceNotSupportedException({ message: `No such service ${serviceName} is supported for Service Specific Credentials`, $metadata: {} })
}

/** A new credential of a user, and its secret, which is shown this once. */
export function newServiceCredential(account: string, userName: string, serviceName: string, now: number, ageDays?: number): { credential: ServiceCredential; secret: string } {
  const id = uniqueId('ACCA')
  const credential: ServiceCredential = {
    id,
    serviceName,
    status: 'Active',
    createdAt: new Date(now).toISOString(),
    ...(WITH_KEY.includes(serviceName) ? { alias: `${userName}-at-${account}` } : { serviceUserName: `${userName}-at-${account}` }),
    ...(ageDays === undefined ? {} : { expiresAt: new Date(now + ageDays * DAY_MS).toISOString() }),
  }
  return { credential, secret: secretKey() }
}

/** A user's credential by its id. @throws NoSuchEntityException */
export function requireServiceCredential(user: User, id: string): ServiceCredential {
  const credential = user.serviceCredentials?.find((one) => one.id === id)
  if (!credential) throw notFound(`No such credential ${id} exists`)
  return credential
}

/** A credential without its secret. */
export function shownServiceCredential(userName: string, { id, serviceName, status, createdAt, serviceUserName, alias, expiresAt }: ServiceCredential): ServiceSpecificCredentialMetadata {
  return {
    UserName: userName,
    ServiceSpecificCredentialId: id,
    ServiceName: serviceName,
    Status: status,
    CreateDate: new Date(createdAt),
    ServiceUserName: serviceUserName,
    ServiceCredentialAlias: alias,
    ExpirationDate: expiresAt === undefined ? undefined : new Date(expiresAt),
  }
}

/** … and with it. */
export function shownWithSecret(userName: string, credential: ServiceCredential, secret: string) {
  const shown = shownServiceCredential(userName, credential)
  return { ServiceSpecificCredential: { ...shown, ...(credential.alias === undefined ? { ServicePassword: secret } : { ServiceCredentialSecret: secret }) } }
}

import { SettingsError, settings } from '@/lib/settings'
import type { Cloud } from './cloud'
import { embeddedCloud } from './embedded'
import { endpointCloud } from './endpoint'

export type { AccountClock, AccountKeys, AuditEvent, BackendName, Cloud, CloudStatus, EventPage, Explanation, Resource, Who } from './cloud'
export { send, type AnyCommand, type CloudClients, type ServiceName } from './clients'
export { AdminRefused, CloudUnavailable, NotOffered } from './errors'

/** What the choice of a backend needs to know; `Settings` has it all. */
export interface CloudSettings {
  backend: 'embedded' | 'endpoint' | 'aws'
  sandboxUrl: string
  sandboxAdminToken?: string | undefined
  awsEndpointUrl?: string | undefined
}

const REGION = 'us-east-1'

/** Makes the cloud that the settings name. @throws SettingsError with one clear sentence where they do not suffice */
export function createCloud({ backend, sandboxUrl, sandboxAdminToken, awsEndpointUrl }: CloudSettings): Cloud {
  switch (backend) {
    case 'embedded':
      if (!sandboxAdminToken) throw new SettingsError('The setting SANDBOX_ADMIN_TOKEN is missing: `npm start` makes it and hands it to the sandbox and the web application.')
      return embeddedCloud({ endpoint: sandboxUrl, adminToken: sandboxAdminToken, region: REGION })
    case 'endpoint':
      if (!awsEndpointUrl) throw new SettingsError('The setting AWS_ENDPOINT_URL is missing: WORKLAB_BACKEND=endpoint needs the address of the endpoint.')
      return endpointCloud({ endpoint: awsEndpointUrl, region: REGION })
    case 'aws':
      throw new SettingsError('WORKLAB_BACKEND=aws is not offered in this version: choose embedded or endpoint.')
  }
}

let cloud: Cloud | undefined

/** The cloud of this process, by its settings. @throws SettingsError where they do not suffice */
export function getCloud(): Cloud {
  return (cloud ??= createCloud(settings))
}

import { TooManyRequestsException, type ApiMapping, type CreateDomainNameRequest, type DomainName, type DomainNameConfiguration } from '@aws-sdk/client-apigatewayv2'
import { ALL } from '../../credentials'
import type { Call } from '../../operation'
import type { Sandbox } from '../../sandbox'
import { collection, scopeOf } from '../../store'
import type { Place } from '../apigateway/api-store'
import { lockGateway } from '../apigateway/apis'
import { badRequest, conflict, notFound } from '../apigateway/errors'
import { resourceArn } from '../apigateway/gateway-operation'
import { newId } from '../apigateway/ids'
import { checkedTags } from '../apigateway/tags'

const MOST_DOMAINS = 120
/** The hosted zone of API Gateway's regional names in us-east-1; here it leads nowhere. */
const HOSTED_ZONE = 'Z1UJRXOUMOOFQ8'

/** A custom domain name with its mappings, so that each change is one write. */
export interface DomainRecord extends Place {
  /** In lower case; `*.` at its start stands for one label. */
  name: string
  createdAt: string
  tags: Record<string, string>
  configuration: DomainNameConfiguration
  /** By id. */
  mappings: Record<string, ApiMapping>
}

/** Scope: `account/region`; key: the name. */
export const domains = collection<DomainRecord>('apigatewayv2/domains')
/** Where a name is: a name belongs to one account and region. Scope: ALL; key: the name. */
const domainPlaces = collection<Place>('apigatewayv2/domain-places')

/** The domain of a host name, by itself or by a wildcard; undefined where there is none. */
export async function findDomain(sandbox: Sandbox, host: string): Promise<DomainRecord | undefined> {
  for (const name of [host, host.replace(/^[^.]*/, '*')]) {
    const place = await sandbox.store.get(domainPlaces, ALL, name)
    if (place) return sandbox.store.get(domains, scopeOf(place), name)
  }
  return undefined
}

/** The domain that a call names; must not be changed. @throws NotFoundException */
export async function requireDomain({ sandbox, account, region, input }: Call): Promise<DomainRecord> {
  const found = await sandbox.store.get(domains, scopeOf({ account, region }), String(input.DomainName).toLowerCase())
  if (!found) throw notFound('Invalid domain name identifier specified')
  return found
}

/** All domains of an account in a region. */
export async function listDomains({ sandbox, account, region }: Call): Promise<DomainRecord[]> {
  return (await sandbox.store.list(domains, scopeOf({ account, region }))).map(({ value }) => value)
}

/** Writes a new domain. @throws BadRequestException, ConflictException for a name that is taken, TooManyRequestsException */
export async function addDomain(call: Call, input: CreateDomainNameRequest): Promise<DomainRecord> {
  const { sandbox, account, region } = call
  const name = checkedDomain(input.DomainName!)
  checkSettings(input)
  const domain: DomainRecord = {
    name,
    account,
    region,
    createdAt: new Date(sandbox.now()).toISOString(),
    tags: checkedTags(input.Tags),
    configuration: { ...checkedConfiguration(call, input.DomainNameConfigurations?.[0] ?? {}), ApiGatewayDomainName: `d-${newId(10)}.execute-api.${region}.amazonaws.com`, HostedZoneId: HOSTED_ZONE },
    mappings: {},
  }
  return keepNewDomain(call, domain, (others) => {
    if (others >= MOST_DOMAINS) throw new TooManyRequestsException({ LimitType: 'domainnames', message: `Maximum number of domain names for this account has been reached: ${MOST_DOMAINS}.`, $metadata: {} })
  })
}

/** Writes a domain that is new. @throws ConflictException for a name that is taken, and what `hold` throws for the number of others */
export async function keepNewDomain(call: Call, domain: DomainRecord, hold: (others: number) => void): Promise<DomainRecord> {
  const { sandbox, account, region } = call
  const { name } = domain
  // Names are unique over all accounts, which each lock its own alone.
  return sandbox.store.lock(`apigateway domain ${name}`, () =>
    lockGateway(call, async () => {
      if (await sandbox.store.get(domainPlaces, ALL, name)) throw conflict('The domain name you provided already exists.')
      hold((await listDomains(call)).length)
      await sandbox.store.batch([
        { collection: domains, scope: scopeOf(domain), key: name, value: domain },
        { collection: domainPlaces, scope: ALL, key: name, value: { account, region } },
      ])
      return domain
    }),
  )
}

/** Changes the domain that a call names: `change` gets a copy to alter, which is then written. @throws NotFoundException, and what `change` throws */
export async function changeDomain<T>(call: Call, change: (domain: DomainRecord) => T | Promise<T>): Promise<T> {
  return lockGateway(call, async () => {
    const domain = structuredClone(await requireDomain(call))
    const result = await change(domain)
    await call.sandbox.store.put(domains, scopeOf(domain), domain.name, domain)
    return result
  })
}

/** Deletes the domain that a call names, with its mappings. @throws NotFoundException */
export async function removeDomain(call: Call): Promise<void> {
  await lockGateway(call, async () => {
    const domain = await requireDomain(call)
    await call.sandbox.store.batch([
      { collection: domains, scope: scopeOf(domain), key: domain.name },
      { collection: domainPlaces, scope: ALL, key: domain.name },
    ])
  })
}

/** Host names by which the sandbox itself and AWS's services are called: nobody may take them over. */
const RESERVED = /(^|\.)(amazonaws\.com(\.cn)?|api\.aws|localstack\.cloud)$|^\d[\d.]*$|^localhost$|(^|\.)(execute-api|lambda-url|s3([.-][a-z0-9-]+)?|sqs|sns|sts|iam|lambda|logs|dynamodb|events|scheduler|monitoring|apigateway|cloudtrail)\..*localhost$/

/** A name in lower case. @throws BadRequestException where it is none, or one that is not to be taken over */
export function checkedDomain(given: string): string {
  const name = given.toLowerCase()
  if (!/^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]*[a-z0-9]$/.test(name) || RESERVED.test(name)) throw badRequest(`Invalid domain name specified: ${given}`)
  return name
}

/** Refuses what the sandbox, which speaks no TLS, cannot do. @throws BadRequestException */
export function checkSettings({ MutualTlsAuthentication, RoutingMode, DomainNameConfigurations = [] }: Pick<CreateDomainNameRequest, 'MutualTlsAuthentication' | 'RoutingMode' | 'DomainNameConfigurations'>): void {
  if (MutualTlsAuthentication?.TruststoreUri) throw badRequest('This sandbox speaks no TLS; mutual TLS authentication is not supported.')
  if ((RoutingMode ?? 'API_MAPPING_ONLY') !== 'API_MAPPING_ONLY') throw badRequest('This sandbox has no routing rules; API_MAPPING_ONLY is its only routing mode.')
  if (DomainNameConfigurations.length > 1) throw badRequest('Only one domain name configuration is supported.')
}

/** @throws BadRequestException */
export function checkedConfiguration({ region }: Call, given: DomainNameConfiguration): DomainNameConfiguration {
  const { CertificateArn, EndpointType = 'REGIONAL', SecurityPolicy = 'TLS_1_2', IpAddressType = 'ipv4' } = given
  if (EndpointType !== 'REGIONAL') throw badRequest(`Endpoint type ${EndpointType} is not supported: only REGIONAL is.`)
  if (SecurityPolicy === 'TLS_1_0') throw badRequest('HTTP APIs do not support the security policy TLS_1_0.')
  if (CertificateArn === undefined) throw badRequest('A certificate ARN must be specified for a REGIONAL domain name.')
  if (!new RegExp(`^arn:aws[\\w-]*:acm:${region}:\\d{12}:certificate/\\S+$`).test(CertificateArn)) throw badRequest(`Invalid certificate ARN: ${CertificateArn}. Certificate must be in '${region}'.`)
  return { ...given, EndpointType, SecurityPolicy, IpAddressType, DomainNameStatus: 'AVAILABLE' }
}

/** A domain name as AWS shows it. */
export function describeDomain(domain: DomainRecord): DomainName {
  return {
    DomainName: domain.name,
    DomainNameArn: resourceArn(domain, `/domainnames/${domain.name}`),
    ApiMappingSelectionExpression: '$request.basepath',
    DomainNameConfigurations: [domain.configuration],
    RoutingMode: 'API_MAPPING_ONLY',
    Tags: domain.tags,
  }
}

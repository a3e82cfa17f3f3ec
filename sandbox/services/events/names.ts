import type { Call } from '../../operation'

/** A bus in its place. */
export interface BusName {
  account: string
  region: string
  name: string
}

/** The bus that is there in each account and region. */
export const DEFAULT_BUS = 'default'

/** A bus by its name, or its ARN, which may be of another account. */
export function parseBus({ account, region }: Pick<Call, 'account' | 'region'>, nameOrArn: string | undefined): BusName {
  const [, itsRegion, itsAccount, name] = /^arn:aws:events:([\w-]+):(\d{12}):event-bus\/(.+)$/.exec(nameOrArn ?? '') ?? []
  return name === undefined ? { account, region, name: nameOrArn ?? DEFAULT_BUS } : { account: itsAccount!, region: itsRegion!, name }
}

export function busArn({ account, region, name }: BusName): string {
  return `arn:aws:events:${region}:${account}:event-bus/${name}`
}

/** The ARN of a rule; the default bus is not named in it. */
export function ruleArn({ account, region, bus, name }: { account: string; region: string; bus: string; name: string }): string {
  return `arn:aws:events:${region}:${account}:rule/${bus === DEFAULT_BUS ? '' : `${bus}/`}${name}`
}

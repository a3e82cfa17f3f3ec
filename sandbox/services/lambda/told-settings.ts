import { createHash } from 'node:crypto'
import type { CreateFunctionRequest, FunctionConfiguration, UpdateFunctionConfigurationRequest, VpcConfig } from '@aws-sdk/client-lambda'
import { invalid } from './errors'
import type { FunctionRecord, FunctionVersion, Settings } from './records'

/**
 * Settings that the sandbox holds against AWS's rules, keeps and tells, but that change nothing here: handlers have no network
 * but the sandbox's endpoint, nothing is encrypted by KMS, no file system is mounted, no snapshot taken.
 */
export type ToldSettings = Pick<Settings, 'vpc' | 'kmsKeyArn' | 'isTraced' | 'fileSystems' | 'hasSnapStart'>

type Given = Pick<UpdateFunctionConfigurationRequest, 'VpcConfig' | 'KMSKeyArn' | 'TracingConfig' | 'FileSystemConfigs' | 'SnapStart'>

const RUNTIMES_WITH_SNAP_START = /^(java(11|17|21|25)|python3\.(1[2-9])|dotnet(8|10))/
/** MB; SnapStart takes no larger /tmp (Lambda developer guide, "Improving startup performance with Lambda SnapStart"). */
const SNAP_START_STORAGE = 512

/** What was told before, with what is given in its place; an empty value takes one away. @throws InvalidParameterValueException */
export function toldSettings(before: ToldSettings, given: Given, { runtime, ephemeralStorage }: Pick<Settings, 'runtime' | 'ephemeralStorage'>): ToldSettings {
  const vpc = given.VpcConfig ? networkOf(given.VpcConfig) : before.vpc
  const kmsKeyArn = given.KMSKeyArn ?? before.kmsKeyArn
  const fileSystems = given.FileSystemConfigs ?? before.fileSystems
  const isTraced = given.TracingConfig ? given.TracingConfig.Mode === 'Active' : before.isTraced
  const hasSnapStart = given.SnapStart ? given.SnapStart.ApplyOn === 'PublishedVersions' : before.hasSnapStart
  if (given.KMSKeyArn) checkKey(given.KMSKeyArn)
  const [mounted] = fileSystems ?? []
  if (mounted && !vpc?.subnetIds.length) {
    const isRemoved = before.vpc !== undefined && given.VpcConfig !== undefined
    throw invalid(isRemoved ? `Function VPC configuration cannot be removed with access point ${mounted.Arn} referenced.` : `Function must be configured to execute in a VPC to reference access point ${mounted.Arn}.`)
  }
  if (hasSnapStart) {
    if (!RUNTIMES_WITH_SNAP_START.test(runtime)) throw invalid(`${runtime} is not supported for SnapStart enabled functions.`)
    if (mounted) throw invalid('SnapStart is not supported for functions with Amazon EFS file systems.')
    if (ephemeralStorage > SNAP_START_STORAGE) throw invalid(`SnapStart is not supported for functions with ephemeral storage larger than ${SNAP_START_STORAGE} MB.`)
  }
  return {
    ...(vpc ? { vpc } : {}),
    ...(kmsKeyArn ? { kmsKeyArn } : {}),
    ...(isTraced ? { isTraced } : {}),
    ...(fileSystems?.length ? { fileSystems } : {}),
    ...(hasSnapStart ? { hasSnapStart } : {}),
  }
}

function networkOf({ SubnetIds = [], SecurityGroupIds = [], Ipv6AllowedForDualStack = false }: VpcConfig): NonNullable<Settings['vpc']> {
  if (SubnetIds.length > 0 !== SecurityGroupIds.length > 0) throw invalid('SubnetIds and SecurityIds must coexist or be both empty list.')
  checkIds(SubnetIds, 'subnet', 'DescribeSubnets', 'InvalidSubnetID')
  checkIds(SecurityGroupIds, 'sg', 'DescribeSecurityGroups', 'InvalidGroupId')
  return { subnetIds: SubnetIds, securityGroupIds: SecurityGroupIds, ipv6: Ipv6AllowedForDualStack }
}

/** Ids of EC2: a word and 8 or 17 hexadecimal digits. Which of them exist is not known here. */
function checkIds(ids: string[], prefix: string, action: string, code: string): void {
  const wrong = ids.find((id) => !new RegExp(`^${prefix}-([0-9a-f]{8}|[0-9a-f]{17})$`).test(id))
  if (wrong !== undefined) throw invalid(`Error occurred while ${action}. EC2 Error Code: ${code}.Malformed. EC2 Error Message: Invalid id: "${wrong}" (expecting "${prefix}-...")`)
}

/** An alias, or what is no key at all, is what KMS refuses. Which keys exist is not known here. */
function checkKey(arn: string): void {
  const says = (exception: string, message: string) =>
    invalid(`Lambda was unable to configure access to your environment variables because the KMS key is invalid for CreateGrant. Please check your KMS key settings. KMS Exception: ${exception} KMS Message: ${message}`)
  const [, , service, , account, resource = ''] = arn.split(':')
  if (resource.startsWith('alias/')) throw says('InvalidArnException', 'Key Aliases are not supported for this operation.')
  if (service !== 'kms' || !/^\d{12}$/.test(account ?? '') || !/^key\/[\w-]+$/.test(resource)) throw says('InvalidArnException', `Invalid arn ${arn}`)
}

/** The one network of an account in a region: every subnet counts as its. */
function vpcIdOf({ account, region }: { account: string; region: string }): string {
  return `vpc-${createHash('sha256').update(`${account}/${region}`).digest('hex').slice(0, 17)}`
}

/** How Lambda tells these settings. */
export function describeTold(record: FunctionRecord, { version, settings }: FunctionVersion): FunctionConfiguration {
  const { vpc, kmsKeyArn, isTraced, fileSystems, hasSnapStart } = settings
  return {
    VpcConfig: vpc && {
      SubnetIds: vpc.subnetIds,
      SecurityGroupIds: vpc.securityGroupIds,
      VpcId: vpc.subnetIds.length > 0 ? vpcIdOf(record) : '',
      Ipv6AllowedForDualStack: vpc.ipv6,
    },
    KMSKeyArn: kmsKeyArn,
    TracingConfig: { Mode: isTraced ? 'Active' : 'PassThrough' },
    FileSystemConfigs: fileSystems,
    SnapStart: { ApplyOn: hasSnapStart ? 'PublishedVersions' : 'None', OptimizationStatus: hasSnapStart && version !== '$LATEST' ? 'On' : 'Off' },
  }
}

/** Condition keys of a call that puts a function into a network (Service Authorization Reference, "AWS Lambda"). */
export function networkContext(place: { account: string; region: string }, { VpcConfig }: Pick<CreateFunctionRequest, 'VpcConfig'>): Record<string, string | string[]> {
  const { SubnetIds = [], SecurityGroupIds = [] } = VpcConfig ?? {}
  return {
    ...(SubnetIds.length > 0 ? { 'lambda:SubnetIds': SubnetIds, 'lambda:VpcIds': [vpcIdOf(place)] } : {}),
    ...(SecurityGroupIds.length > 0 ? { 'lambda:SecurityGroupIds': SecurityGroupIds } : {}),
  }
}

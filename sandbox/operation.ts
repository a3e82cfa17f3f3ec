import type { StaticOperationSchema } from '@smithy/types'
import type { Delivery } from './outbox'
import type { WireError, WireRequest } from './protocol/index'
import type { Sandbox } from './sandbox'

/** Who makes a call. */
export interface Principal {
  type: 'Root' | 'IAMUser' | 'AssumedRole' | 'FederatedUser' | 'Service' | 'WebIdentityUser' | 'Anonymous'
  account: string
  /** `arn:aws:iam::…:root`, `…:user/NAME`, `arn:aws:sts::…:assumed-role/ROLE/SESSION`, `…:federated-user/NAME`, or a service's name such as `lambda.amazonaws.com`; `anonymous` for nobody. */
  arn: string
  /** `aws:userid`: the account id for root, AIDA… for a user, `AROA…:session` for a role's session, `account:NAME` for a federated user. */
  userId: string
  /** Name of the user or the role; of a federated user, the user who vouches for it (none where root does). */
  name?: string
  /** Id of the user who vouches for a federated user. */
  issuerId?: string
  accessKeyId: string
  /** Inline session policies of AssumeRole or GetFederationToken: they narrow what the role may do. */
  sessionPolicies?: string[]
  /** `aws:PrincipalTag/…` of the session. */
  sessionTags?: Record<string, string>
  /** Keys of the session tags that go on to roles which the session assumes. */
  transitiveTagKeys?: string[]
  /** Who stands behind the session, as AssumeRole was told; stays the same through a chain of roles. */
  sourceIdentity?: string
  /** `aws:FederatedProvider`, `ISSUER:sub` and `ISSUER:aud` of a session that a web identity began. */
  federation?: Record<string, string | string[]>
  /** When a second factor was proved, ISO 8601; where one was. */
  mfaAt?: string
  /** When the session began, ISO 8601; temporary credentials only. */
  sessionStart?: string
}

/** One authenticated call on its way to an operation. */
export interface Call<Input = any> {
  input: Input
  account: string
  region: string
  principal: Principal
  requestId: string
  userAgent: string
  sourceIp: string
  /** `X-Amzn-Trace-Id`, as SDKs inside a function hand it on; queues and topics pass it to the functions that they call. */
  traceHeader?: string
  sandbox: Sandbox
  /**
   * Asks IAM about a further action that this call needs, such as iam:PassRole.
   * @param owner the account of the resource, where it is not the caller's
   * @throws AwsError with AWS's words where it is denied
   */
  authorize(action: string, resource: string, context?: Record<string, string | string[]>, resourcePolicy?: object, owner?: string): Promise<void>
  /** Fields of a browser's form upload. */
  form?: Record<string, string>
  /** The signal of the client's connection: aborted when the client goes away. */
  signal: AbortSignal
}

type Lenient<T> = { [K in keyof T]?: T[K] | undefined }

/** What the sandbox knows of an operation: the SDK's schema, what IAM decides on, and what to do. Nothing about HTTP. */
export interface Operation<Input = any, Output = any> {
  schema: StaticOperationSchema
  /** `CreateFunction` */
  name: string
  /** The IAM action where it is not `service:OperationName`, e.g. lambda:InvokeFunction for Invoke. `null`: needs no permission. */
  action?: string | null | ((call: Call<Input>) => string)
  /** The ARN (or ARNs, all must be allowed) that IAM decides on; `*` where the action has no resource. */
  resource(call: Call<Input>): string | string[] | Promise<string | string[]>
  /** Condition keys of the request beside the global ones. */
  context?(call: Call<Input>): Record<string, string | string[]> | Promise<Record<string, string | string[]>>
  /** The resource policy that also decides, where the resource (one of those that `resource` gave) has one. */
  resourcePolicy?(call: Call<Input>, resource: string): Promise<object | undefined>
  /** The account that owns the resource, where its ARN does not tell. */
  owner?(call: Call<Input>): Promise<string | undefined>
  /**
   * Reads the body in place of schema and constraints, where the service has words of its own for what is wrong with it.
   * The output is then the answer's JSON as it stands.
   */
  readJson?(body: Record<string, unknown>): Input
  /** True where no signature is asked: the input says who calls. Such a call belongs to no account until the operation sets it. */
  isUnsigned?: boolean
  /** True for an operation that changes nothing (CloudTrail's readOnly); by default by its name. */
  readOnly?: boolean
  run(call: Call<Input>): Promise<Lenient<Output>>
}

/**
 * Declares an operation of the sandbox from the SDK's operation schema (`CreateFunction$`).
 * Input and output take the SDK's types as type arguments.
 */
export function operation<Input, Output>(
  schema: StaticOperationSchema,
  declared: Omit<Operation<Input, Output>, 'schema' | 'name'>,
): Operation<Input, Output> {
  return { schema, name: schema[2], ...declared }
}

/** What of a request tells an operation of a service that has its own way of it. */
export interface Located {
  method: string
  path: string
  query: URLSearchParams
  headers: Record<string, string>
}

/** A service: how it speaks, and what it can do. */
export interface Service {
  /** Signing name and IAM prefix, e.g. `lambda`, `logs`. Two REST services may share one (API Gateway v1 and v2): their paths tell them apart. */
  name: string
  /** Prefix of its IAM actions where that is not the signing name. */
  iamPrefix?: string
  /** As CloudTrail writes it, e.g. `lambda.amazonaws.com`. */
  eventSource: string
  protocol: 'rest-json' | 'rest-xml' | 'query' | 'json' | 'cbor'
  /** The SDK client's module: all schemas and exception classes of the service, so that what is missing can be named. */
  sdk: Record<string, unknown>
  /** `Version` of a Query service, e.g. `2010-05-08`. */
  apiVersion?: string
  /** Prefix of X-Amz-Target of a JSON service, e.g. `Logs_20140328`. */
  target?: string
  xmlNamespace?: string
  /** Version of the JSON protocol; 1.1 where not given. */
  jsonVersion?: '1.0'
  /**
   * A JSON service that also answers the Query protocol of older clients, and names its errors as Query did
   * (Smithy, "awsQueryCompatible trait"): `apiVersion` and `xmlNamespace` are then of that.
   */
  isQueryCompatible?: boolean
  /** Finds the operation where host, path and query tell it in a way of the service's own. */
  locate?(schemas: Map<string, StaticOperationSchema>, request: Located): { name: string; labels: Record<string, string> } | undefined
  /** Whether a request without a signature is this service's for the host that it names. */
  isAtHost?(request: Located): boolean
  /** Holds a body that was read whole against the digests that its sender gave. @throws where they differ */
  checkBody?(request: WireRequest): Promise<void>
  /** Takes calls that nobody signed; the resource's policy decides on them. */
  takesAnonymous?: boolean
  /** An error of the core (of the signature, say) in the service's own words. */
  ownError?(error: WireError): WireError
  /** A JSON service that also speaks Smithy RPC v2 CBOR, as newer clients do. */
  takesCbor?: boolean
  /** What the path tells a Query call, such as the queue in `/123456789012/orders`. */
  pathInput?(path: string): Record<string, string>
  /** Length, pattern and enum constraints from AWS's model; see scripts/constraints.py. */
  constraints?: Record<string, Constraint>
  /** The error code for input that breaks a constraint: ValidationException unless the service says otherwise. */
  validationCode?: string
  /** A JSON service that names its errors by namespace (`com.amazonaws.dynamodb.v20120810#…`): what stands before the `#`. */
  errorNamespace?(code: string): string
  /** Answers carry the checksum of their body in `x-amz-crc32`. */
  hasCrc32?: boolean
  /** The error code for a denial: AccessDeniedException unless the service says otherwise. */
  deniedCode?: string
  operations: Operation[]
  /** Called when an alarm of this service is due (`sandbox.alarms`), with the sandbox as the account sees it: writes the next one, or takes this one back. */
  alarm?(sandbox: Sandbox, scope: string, id: string, at: number): Promise<void>
  /** Takes what another service delivers (`sandbox.outbox`) to a resource of this one. @throws Undeliverable where no retry can help */
  receive?(sandbox: Sandbox, delivery: Delivery): Promise<void>
  /** What a dead-letter queue is told of a delivery of this service that came to nothing. */
  deadLetterAttributes?(delivery: Delivery): Record<string, string>
  /** Everything that an account holds of this service, over all regions. */
  resources?(sandbox: Sandbox, account: string): Promise<Resource[]>
}

/** One thing that an account holds. */
export interface Resource {
  service: string
  type: string
  name: string
  arn: string
  createdAt: string
}

export interface Constraint {
  min?: number
  max?: number
  pattern?: string
  enum?: string[]
}

/** AWS's own policy that lets a function write its logs. */
export const BASIC_EXECUTION_POLICY = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'

/** Lets the Lambda service, and nobody else, take on a role. Indented, because learners read it. */
export const LAMBDA_TRUST = policy({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' })

/** A policy document of these statements, as a learner would write it. */
export function policy(...statements: object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2)
}

/** The ARN of a role of an account. */
export function roleArn({ accountId }: { accountId: string }, roleName: string): string {
  return `arn:aws:iam::${accountId}:role/${roleName}`
}

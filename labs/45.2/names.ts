import { labFiles } from '@/lib/lab/files'
import { policy } from '@/lib/lab/role'

export const NOTIFY = 'bookshop-notify'
export const NOTIFY_ROLE = 'bookshop-notify-role'
export const INVOICE = 'bookshop-invoice'
export const INVOICE_ROLE = 'bookshop-invoice-role'
export const scene = labFiles('45.2', 'scene')

export const LOG_ACTIONS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents']
/** Actions that a role for writing logs has no use for; each is one step beyond. */
export const BEYOND = ['logs:DeleteLogGroup', 'logs:DeleteLogStream', 'logs:PutRetentionPolicy', 'logs:GetLogEvents', 's3:GetObject', 'dynamodb:DeleteTable', 'lambda:InvokeFunction', 'iam:CreateUser']

/** What the notify function needs for its own work, and has from the start. */
export const READ_ORDERS = 'read-orders'
export const readOrders = (accountId: string, region: string) =>
  policy({ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: `arn:aws:dynamodb:${region}:${accountId}:table/bookshop-orders` })

/** What silences the invoice function. */
export const SAVE_COSTS = 'save-costs'
export const saveCosts = policy({ Sid: 'NoLogs', Effect: 'Deny', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: '*' })

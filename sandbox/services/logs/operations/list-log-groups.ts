import { ListLogGroups$, type ListLogGroupsRequest, type ListLogGroupsResponse } from '@aws-sdk/client-cloudwatch-logs'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { groupArn, groupResource, invalid } from '../arns'
import { page } from '../paging'
import { groups, type LogGroup } from '../records'

const PAGE = 50

/** Lists the account's log groups by a pattern of their names, their class or their tags. Other accounts are not linked here. */
export const listLogGroups = operation<ListLogGroupsRequest, ListLogGroupsResponse>(ListLogGroups$, {
  resource: (call) => groupResource(call, ''),
  async run(call) {
    const { logGroupNamePattern: pattern, logGroupClass, accountIdentifiers, includeLinkedAccounts, limit, nextToken, logGroupTags } = call.input
    if (accountIdentifiers !== undefined && !includeLinkedAccounts) throw invalid('accountIdentifiers can be specified only when includeLinkedAccounts is true.')
    const isWanted = matcher(pattern)
    const isOwn = accountIdentifiers === undefined || accountIdentifiers.includes(call.account)
    const all = isOwn ? (await call.sandbox.store.list(groups, scopeOf(call))).map(({ value }) => value) : []
    const bears = (group: LogGroup) => (logGroupTags ?? []).every(({ key, values }) => key !== undefined && key in group.tags && (values === undefined || values.length === 0 || values.includes(group.tags[key]!)))
    const found = all.filter((group) => isWanted(group.name) && (logGroupClass === undefined || group.logGroupClass === logGroupClass) && bears(group))
    const { items, nextToken: next } = page(found, ({ name }) => name, limit ?? PAGE, nextToken)
    return { logGroups: items.map(({ name, logGroupClass: ofClass }) => ({ logGroupName: name, logGroupArn: groupArn(call, name), logGroupClass: ofClass })), nextToken: next }
  },
})

/** Up to five alternatives, each a part of the name, or its beginning where it starts with `^`. */
function matcher(pattern: string | undefined): (name: string) => boolean {
  if (pattern === undefined) return () => true
  const alternatives = pattern.split('|').map((one) => one.toLowerCase())
  return (name) => alternatives.some((one) => (one.startsWith('^') ? name.toLowerCase().startsWith(one.slice(1)) : name.toLowerCase().includes(one)))
}

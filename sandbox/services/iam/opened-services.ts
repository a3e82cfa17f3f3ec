import { statementsOf, type PolicyDocument } from './policy-document'

/** Whether a policy allows anything of a service, such as `lambda`, on anything and under any condition. */
export function opensService(document: PolicyDocument, namespace: string): boolean {
  return statementsOf(document).some(({ Effect, Action, NotAction }) => {
    if (Effect !== 'Allow') return false
    const names = (actions: string | string[], isAll: boolean) =>
      [actions].flat().some((action) => action === '*' || (isAll ? action.toLowerCase() === `${namespace}:*` : action.toLowerCase().startsWith(`${namespace}:`)))
    return Action === undefined ? !names(NotAction!, true) : names(Action, false)
  })
}

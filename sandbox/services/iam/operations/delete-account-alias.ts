import { DeleteAccountAlias$, type DeleteAccountAliasRequest } from '@aws-sdk/client-iam'
import { ALL } from '../../../credentials'
import { operation } from '../../../operation'
import { settingsOf } from '../account-settings'
import { change, notFound } from '../entities'
import { accountAliases, accountSettings, SETTINGS } from '../records'

/** Takes the account's alias away. */
export const deleteAccountAlias = operation<DeleteAccountAliasRequest, Record<string, never>>(DeleteAccountAlias$, {
  resource: () => '*',
  async run(call) {
    const { sandbox, account, input } = call
    return sandbox.store.lock('iam aliases', () =>
      change(call, async () => {
        const { alias, ...settings } = await settingsOf(call)
        if (alias === undefined || alias !== input.AccountAlias) throw notFound(`The account alias ${input.AccountAlias} cannot be found.`)
        await sandbox.store.batch([
          { collection: accountAliases, scope: ALL, key: alias },
          { collection: accountSettings, scope: account, key: SETTINGS, value: settings },
        ])
        return {}
      }),
    )
  },
})

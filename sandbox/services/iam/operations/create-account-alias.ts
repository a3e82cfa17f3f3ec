import { CreateAccountAlias$, EntityAlreadyExistsException, type CreateAccountAliasRequest } from '@aws-sdk/client-iam'
import { ALL } from '../../../credentials'
import { operation } from '../../../operation'
import { settingsOf } from '../account-settings'
import { change } from '../entities'
import { accountAliases, accountSettings, SETTINGS } from '../records'

/** Gives the account an alias, in place of the one before. No two accounts have the same. */
export const createAccountAlias = operation<CreateAccountAliasRequest, Record<string, never>>(CreateAccountAlias$, {
  resource: () => '*',
  async run(call) {
    const { sandbox, account, input } = call
    const alias = input.AccountAlias!
    return sandbox.store.lock('iam aliases', () =>
      change(call, async () => {
        if (await sandbox.store.get(accountAliases, ALL, alias)) throw new EntityAlreadyExistsException({ message: `The account alias ${alias} already exists.`, $metadata: {} })
        const settings = await settingsOf(call)
        await sandbox.store.batch([
          ...(settings.alias === undefined ? [] : [{ collection: accountAliases, scope: ALL, key: settings.alias }]),
          { collection: accountAliases, scope: ALL, key: alias, value: { account } },
          { collection: accountSettings, scope: account, key: SETTINGS, value: { ...settings, alias } },
        ])
        return {}
      }),
    )
  },
})

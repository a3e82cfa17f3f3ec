import { SetSecurityTokenServicePreferences$, type SetSecurityTokenServicePreferencesRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { editSettings } from '../account-settings'

/** Says whether tokens of the global endpoint of STS are good in all regions. The sandbox takes every token everywhere; the summary of the account shows what was said. */
export const setSecurityTokenServicePreferences = operation<SetSecurityTokenServicePreferencesRequest, Record<string, never>>(SetSecurityTokenServicePreferences$, {
  resource: () => '*',
  async run(call) {
    await editSettings(call, (settings) => {
      settings.globalTokenVersion = call.input.GlobalEndpointTokenVersion === 'v2Token' ? 2 : 1
    })
    return {}
  },
})

import { DecodeAuthorizationMessage$, InvalidAuthorizationMessageException, type DecodeAuthorizationMessageRequest, type DecodeAuthorizationMessageResponse } from '@aws-sdk/client-sts'
import { operation } from '../../../operation'
import { decodeAuthorizationMessage as decode } from '../../iam/authorization-message'

/** Makes the encoded message of a denial readable: who wanted what, with which condition keys. */
export const decodeAuthorizationMessage = operation<DecodeAuthorizationMessageRequest, DecodeAuthorizationMessageResponse>(DecodeAuthorizationMessage$, {
  resource: () => '*',
  readOnly: true,
  async run({ sandbox, account, input }) {
    const DecodedMessage = decode(sandbox, account, input.EncodedMessage!)
    if (DecodedMessage === undefined) throw new InvalidAuthorizationMessageException({ message: `Message is invalid or of another account.`, $metadata: {} })
    return { DecodedMessage }
  },
})

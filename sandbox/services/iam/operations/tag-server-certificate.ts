import { TagServerCertificate$, type TagServerCertificateRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { mergeTags, requestTags } from '../entities'
import { SERVER_CERTIFICATE, serverCertificateArn } from '../server-certificates'
import { editStored, storedContext } from '../stored'

/** Puts tags on a server certificate. */
export const tagServerCertificate = operation<TagServerCertificateRequest, Record<string, never>>(TagServerCertificate$, {
  resource: (call) => serverCertificateArn(call, call.input.ServerCertificateName!),
  context: async (call) => ({ ...(await storedContext(call, SERVER_CERTIFICATE, call.input.ServerCertificateName!)), ...requestTags(call.input.Tags) }),
  async run(call) {
    await editStored(call, SERVER_CERTIFICATE, call.input.ServerCertificateName!, (one) => {
      one.tags = mergeTags(one.tags, call.input.Tags!)
    })
    return {}
  },
})

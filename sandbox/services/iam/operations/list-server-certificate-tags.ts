import { ListServerCertificateTags$, type ListServerCertificateTagsRequest, type ListServerCertificateTagsResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { SERVER_CERTIFICATE, serverCertificateArn } from '../server-certificates'
import { pageOfTags } from '../page'
import { storedContext } from '../stored'

/** The tags of a server certificate. */
export const listServerCertificateTags = operation<ListServerCertificateTagsRequest, ListServerCertificateTagsResponse>(ListServerCertificateTags$, {
  resource: (call) => serverCertificateArn(call, call.input.ServerCertificateName!),
  context: (call) => storedContext(call, SERVER_CERTIFICATE, call.input.ServerCertificateName!),
  run: async (call) => pageOfTags((await SERVER_CERTIFICATE.require(call, call.input.ServerCertificateName!)).tags, call.input),
})

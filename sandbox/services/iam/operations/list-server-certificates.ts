import { ListServerCertificates$, type ListServerCertificatesRequest, type ListServerCertificatesResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { page } from '../page'
import { serverCertificates } from '../records'
import { shownServerCertificate } from '../server-certificates'

/** The server certificates under a path, sorted by name. */
export const listServerCertificates = operation<ListServerCertificatesRequest, ListServerCertificatesResponse>(ListServerCertificates$, {
  resource: () => '*',
  async run({ sandbox, account, input }) {
    const found = (await sandbox.store.list(serverCertificates, account)).map(({ value }) => value).filter(({ path }) => path.startsWith(input.PathPrefix ?? '/'))
    const { items, ...paging } = page(found, ({ name }) => name, input)
    return { ServerCertificateMetadataList: items.map(shownServerCertificate), ...paging }
  },
})

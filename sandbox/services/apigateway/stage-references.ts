import type { Call } from '../../operation'
import { scopeOf } from '../../store'
import { badRequest } from './errors'
import { clientCertificates, documentationVersions, type RestApiRecord, type StageRecord } from './records'

/** @throws BadRequestException where a stage names a client certificate or a version of the documentation that is not there */
export async function checkReferences({ sandbox }: Call, api: RestApiRecord, { clientCertificateId: id, documentationVersion: version }: StageRecord): Promise<void> {
  const scope = scopeOf(api)
  if (id && !(await sandbox.store.get(clientCertificates, scope, id))) throw badRequest(`Invalid Client Certificate identifier specified: ${id}`)
  if (version && !(await sandbox.store.get(documentationVersions, scope, `${api.id}/${version}`))) throw badRequest(`Invalid Documentation version specified: ${version}`)
}

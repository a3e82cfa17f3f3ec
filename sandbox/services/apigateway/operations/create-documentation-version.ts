import { CreateDocumentationVersion$, type CreateDocumentationVersionRequest, type DocumentationVersion } from '@aws-sdk/client-api-gateway'
import { scopeOf } from '../../../store'
import { lockGateway, requireApi, saveApi } from '../apis'
import { describeVersion, listParts, listVersions } from '../documentation'
import { badRequest, conflict } from '../errors'
import { gatewayOperation } from '../gateway-operation'
import { documentationVersions, type DocumentationVersionRecord } from '../records'
import { requireStage } from '../stages'

/** Freezes the documentation of an API as a version, and puts it on a stage where one is named. */
export const createDocumentationVersion = gatewayOperation<CreateDocumentationVersionRequest, DocumentationVersion>(CreateDocumentationVersion$, (call) =>
  lockGateway(call, async () => {
    const api = structuredClone(await requireApi(call))
    const { documentationVersion: version, stageName, description } = call.input
    if (!/^[\w.\-:]{1,64}$/.test(version!)) throw badRequest('Invalid documentation version: it has 1 to 64 letters, digits and the characters . _ - :')
    if ((await listVersions(call, api)).some((other) => other.version === version)) throw conflict('Version already exists')
    if (stageName !== undefined) requireStage(api, stageName).documentationVersion = version!
    const record: DocumentationVersionRecord = { version: version!, ...(description === undefined ? {} : { description }), createdAt: new Date(call.sandbox.now()).toISOString(), parts: await listParts(call, api) }
    await saveApi(call.sandbox, api, {}, [{ collection: documentationVersions, scope: scopeOf(api), key: `${api.id}/${version}`, value: record }])
    return describeVersion(record)
  }),
)

import * as sdk from '@aws-sdk/client-api-gateway'
import type { Service } from '../../operation'
import constraints from './constraints.json' with { type: 'json' }
import { createApiKey } from './operations/create-api-key'
import { createAuthorizer } from './operations/create-authorizer'
import { createBasePathMapping } from './operations/create-base-path-mapping'
import { createDeployment } from './operations/create-deployment'
import { createDocumentationPart } from './operations/create-documentation-part'
import { createDocumentationVersion } from './operations/create-documentation-version'
import { createDomainName } from './operations/create-domain-name'
import { createModel } from './operations/create-model'
import { createRequestValidator } from './operations/create-request-validator'
import { createResource } from './operations/create-resource'
import { createRestApi } from './operations/create-rest-api'
import { createStage } from './operations/create-stage'
import { createUsagePlan } from './operations/create-usage-plan'
import { createUsagePlanKey } from './operations/create-usage-plan-key'
import { createVpcLink } from './operations/create-vpc-link'
import { deleteApiKey } from './operations/delete-api-key'
import { deleteAuthorizer } from './operations/delete-authorizer'
import { deleteBasePathMapping } from './operations/delete-base-path-mapping'
import { deleteClientCertificate } from './operations/delete-client-certificate'
import { deleteDeployment } from './operations/delete-deployment'
import { deleteDocumentationPart } from './operations/delete-documentation-part'
import { deleteDocumentationVersion } from './operations/delete-documentation-version'
import { deleteDomainName } from './operations/delete-domain-name'
import { deleteGatewayResponse } from './operations/delete-gateway-response'
import { deleteIntegration } from './operations/delete-integration'
import { deleteIntegrationResponse } from './operations/delete-integration-response'
import { deleteMethod } from './operations/delete-method'
import { deleteMethodResponse } from './operations/delete-method-response'
import { deleteModel } from './operations/delete-model'
import { deleteRequestValidator } from './operations/delete-request-validator'
import { deleteResource } from './operations/delete-resource'
import { deleteRestApi } from './operations/delete-rest-api'
import { deleteStage } from './operations/delete-stage'
import { deleteUsagePlan } from './operations/delete-usage-plan'
import { deleteUsagePlanKey } from './operations/delete-usage-plan-key'
import { deleteVpcLink } from './operations/delete-vpc-link'
import { flushStageAuthorizersCache } from './operations/flush-stage-authorizers-cache'
import { flushStageCache } from './operations/flush-stage-cache'
import { generateClientCertificate } from './operations/generate-client-certificate'
import { getAccount } from './operations/get-account'
import { getApiKey } from './operations/get-api-key'
import { getApiKeys } from './operations/get-api-keys'
import { getAuthorizer } from './operations/get-authorizer'
import { getAuthorizers } from './operations/get-authorizers'
import { getBasePathMapping } from './operations/get-base-path-mapping'
import { getBasePathMappings } from './operations/get-base-path-mappings'
import { getClientCertificate } from './operations/get-client-certificate'
import { getClientCertificates } from './operations/get-client-certificates'
import { getDeployment } from './operations/get-deployment'
import { getDeployments } from './operations/get-deployments'
import { getDocumentationPart } from './operations/get-documentation-part'
import { getDocumentationParts } from './operations/get-documentation-parts'
import { getDocumentationVersion } from './operations/get-documentation-version'
import { getDocumentationVersions } from './operations/get-documentation-versions'
import { getDomainName } from './operations/get-domain-name'
import { getDomainNames } from './operations/get-domain-names'
import { getExport } from './operations/get-export'
import { getGatewayResponse } from './operations/get-gateway-response'
import { getGatewayResponses } from './operations/get-gateway-responses'
import { getIntegration } from './operations/get-integration'
import { getIntegrationResponse } from './operations/get-integration-response'
import { getMethod } from './operations/get-method'
import { getMethodResponse } from './operations/get-method-response'
import { getModel } from './operations/get-model'
import { getModelTemplate } from './operations/get-model-template'
import { getModels } from './operations/get-models'
import { getRequestValidator } from './operations/get-request-validator'
import { getRequestValidators } from './operations/get-request-validators'
import { getResource } from './operations/get-resource'
import { getResources } from './operations/get-resources'
import { getRestApi } from './operations/get-rest-api'
import { getRestApis } from './operations/get-rest-apis'
import { getStage } from './operations/get-stage'
import { getStages } from './operations/get-stages'
import { getTags } from './operations/get-tags'
import { getUsage } from './operations/get-usage'
import { getUsagePlan } from './operations/get-usage-plan'
import { getUsagePlanKey } from './operations/get-usage-plan-key'
import { getUsagePlanKeys } from './operations/get-usage-plan-keys'
import { getUsagePlans } from './operations/get-usage-plans'
import { getVpcLink } from './operations/get-vpc-link'
import { getVpcLinks } from './operations/get-vpc-links'
import { importApiKeys } from './operations/import-api-keys'
import { importDocumentationParts } from './operations/import-documentation-parts'
import { importRestApi } from './operations/import-rest-api'
import { putGatewayResponse } from './operations/put-gateway-response'
import { putIntegration } from './operations/put-integration'
import { putIntegrationResponse } from './operations/put-integration-response'
import { putMethod } from './operations/put-method'
import { putMethodResponse } from './operations/put-method-response'
import { putRestApi } from './operations/put-rest-api'
import { tagResource } from './operations/tag-resource'
import { testInvokeAuthorizer } from './operations/test-invoke-authorizer'
import { testInvokeMethod } from './operations/test-invoke-method'
import { untagResource } from './operations/untag-resource'
import { updateAccount } from './operations/update-account'
import { updateApiKey } from './operations/update-api-key'
import { updateAuthorizer } from './operations/update-authorizer'
import { updateBasePathMapping } from './operations/update-base-path-mapping'
import { updateClientCertificate } from './operations/update-client-certificate'
import { updateDeployment } from './operations/update-deployment'
import { updateDocumentationPart } from './operations/update-documentation-part'
import { updateDocumentationVersion } from './operations/update-documentation-version'
import { updateDomainName } from './operations/update-domain-name'
import { updateGatewayResponse } from './operations/update-gateway-response'
import { updateIntegration } from './operations/update-integration'
import { updateIntegrationResponse } from './operations/update-integration-response'
import { updateMethod } from './operations/update-method'
import { updateMethodResponse } from './operations/update-method-response'
import { updateModel } from './operations/update-model'
import { updateRequestValidator } from './operations/update-request-validator'
import { updateResource } from './operations/update-resource'
import { updateRestApi } from './operations/update-rest-api'
import { updateStage } from './operations/update-stage'
import { updateUsage } from './operations/update-usage'
import { updateUsagePlan } from './operations/update-usage-plan'
import { updateVpcLink } from './operations/update-vpc-link'
import { resources } from './resources'

/** Amazon API Gateway v1: REST APIs. How deployed ones answer is in `sandbox/execute-api/`. */
export const apiGateway: Service = {
  name: 'apigateway',
  eventSource: 'apigateway.amazonaws.com',
  protocol: 'rest-json',
  sdk: sdk as unknown as Record<string, unknown>,
  constraints: constraints as Service['constraints'] & object,
  operations: [
    createApiKey,
    createAuthorizer,
    createBasePathMapping,
    createDeployment,
    createDocumentationPart,
    createDocumentationVersion,
    createDomainName,
    createModel,
    createRequestValidator,
    createResource,
    createRestApi,
    createStage,
    createUsagePlan,
    createUsagePlanKey,
    createVpcLink,
    deleteApiKey,
    deleteAuthorizer,
    deleteBasePathMapping,
    deleteClientCertificate,
    deleteDeployment,
    deleteDocumentationPart,
    deleteDocumentationVersion,
    deleteDomainName,
    deleteGatewayResponse,
    deleteIntegration,
    deleteIntegrationResponse,
    deleteMethod,
    deleteMethodResponse,
    deleteModel,
    deleteRequestValidator,
    deleteResource,
    deleteRestApi,
    deleteStage,
    deleteUsagePlan,
    deleteUsagePlanKey,
    deleteVpcLink,
    flushStageAuthorizersCache,
    flushStageCache,
    generateClientCertificate,
    getAccount,
    getApiKey,
    getApiKeys,
    getAuthorizer,
    getAuthorizers,
    getBasePathMapping,
    getBasePathMappings,
    getClientCertificate,
    getClientCertificates,
    getDeployment,
    getDeployments,
    getDocumentationPart,
    getDocumentationParts,
    getDocumentationVersion,
    getDocumentationVersions,
    getDomainName,
    getDomainNames,
    getExport,
    getGatewayResponse,
    getGatewayResponses,
    getIntegration,
    getIntegrationResponse,
    getMethod,
    getMethodResponse,
    getModel,
    getModelTemplate,
    getModels,
    getRequestValidator,
    getRequestValidators,
    getResource,
    getResources,
    getRestApi,
    getRestApis,
    getStage,
    getStages,
    getTags,
    getUsage,
    getUsagePlan,
    getUsagePlanKey,
    getUsagePlanKeys,
    getUsagePlans,
    getVpcLink,
    getVpcLinks,
    importApiKeys,
    importDocumentationParts,
    importRestApi,
    putGatewayResponse,
    putIntegration,
    putIntegrationResponse,
    putMethod,
    putMethodResponse,
    putRestApi,
    tagResource,
    testInvokeAuthorizer,
    testInvokeMethod,
    untagResource,
    updateAccount,
    updateApiKey,
    updateAuthorizer,
    updateBasePathMapping,
    updateClientCertificate,
    updateDeployment,
    updateDocumentationPart,
    updateDocumentationVersion,
    updateDomainName,
    updateGatewayResponse,
    updateIntegration,
    updateIntegrationResponse,
    updateMethod,
    updateMethodResponse,
    updateModel,
    updateRequestValidator,
    updateResource,
    updateRestApi,
    updateStage,
    updateUsage,
    updateUsagePlan,
    updateVpcLink,
  ],
  resources,
}

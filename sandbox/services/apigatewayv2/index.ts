import * as sdk from '@aws-sdk/client-apigatewayv2'
import type { Service } from '../../operation'
import constraints from './constraints.json' with { type: 'json' }
import { createApi } from './operations/create-api'
import { createApiMapping } from './operations/create-api-mapping'
import { createAuthorizer } from './operations/create-authorizer'
import { createDeployment } from './operations/create-deployment'
import { createDomainName } from './operations/create-domain-name'
import { createIntegration } from './operations/create-integration'
import { createIntegrationResponse } from './operations/create-integration-response'
import { createModel } from './operations/create-model'
import { createRoute } from './operations/create-route'
import { createRouteResponse } from './operations/create-route-response'
import { createStage } from './operations/create-stage'
import { createVpcLink } from './operations/create-vpc-link'
import { deleteAccessLogSettings } from './operations/delete-access-log-settings'
import { deleteApi } from './operations/delete-api'
import { deleteApiMapping } from './operations/delete-api-mapping'
import { deleteAuthorizer } from './operations/delete-authorizer'
import { deleteCorsConfiguration } from './operations/delete-cors-configuration'
import { deleteDeployment } from './operations/delete-deployment'
import { deleteDomainName } from './operations/delete-domain-name'
import { deleteIntegration } from './operations/delete-integration'
import { deleteIntegrationResponse } from './operations/delete-integration-response'
import { deleteModel } from './operations/delete-model'
import { deleteRoute } from './operations/delete-route'
import { deleteRouteRequestParameter } from './operations/delete-route-request-parameter'
import { deleteRouteResponse } from './operations/delete-route-response'
import { deleteRouteSettings } from './operations/delete-route-settings'
import { deleteStage } from './operations/delete-stage'
import { deleteVpcLink } from './operations/delete-vpc-link'
import { exportApi } from './operations/export-api'
import { getApi } from './operations/get-api'
import { getApiMapping } from './operations/get-api-mapping'
import { getApiMappings } from './operations/get-api-mappings'
import { getApis } from './operations/get-apis'
import { getAuthorizer } from './operations/get-authorizer'
import { getAuthorizers } from './operations/get-authorizers'
import { getDeployment } from './operations/get-deployment'
import { getDeployments } from './operations/get-deployments'
import { getDomainName } from './operations/get-domain-name'
import { getDomainNames } from './operations/get-domain-names'
import { getIntegration } from './operations/get-integration'
import { getIntegrationResponse } from './operations/get-integration-response'
import { getIntegrationResponses } from './operations/get-integration-responses'
import { getIntegrations } from './operations/get-integrations'
import { getModel } from './operations/get-model'
import { getModelTemplate } from './operations/get-model-template'
import { getModels } from './operations/get-models'
import { getRoute } from './operations/get-route'
import { getRouteResponse } from './operations/get-route-response'
import { getRouteResponses } from './operations/get-route-responses'
import { getRoutes } from './operations/get-routes'
import { getStage } from './operations/get-stage'
import { getStages } from './operations/get-stages'
import { getTags } from './operations/get-tags'
import { getVpcLink } from './operations/get-vpc-link'
import { getVpcLinks } from './operations/get-vpc-links'
import { importApi } from './operations/import-api'
import { reimportApi } from './operations/reimport-api'
import { resetAuthorizersCache } from './operations/reset-authorizers-cache'
import { tagResource } from './operations/tag-resource'
import { untagResource } from './operations/untag-resource'
import { updateApi } from './operations/update-api'
import { updateApiMapping } from './operations/update-api-mapping'
import { updateAuthorizer } from './operations/update-authorizer'
import { updateDeployment } from './operations/update-deployment'
import { updateDomainName } from './operations/update-domain-name'
import { updateIntegration } from './operations/update-integration'
import { updateIntegrationResponse } from './operations/update-integration-response'
import { updateModel } from './operations/update-model'
import { updateRoute } from './operations/update-route'
import { updateRouteResponse } from './operations/update-route-response'
import { updateStage } from './operations/update-stage'
import { updateVpcLink } from './operations/update-vpc-link'
import { resources } from './resources'

/** Amazon API Gateway v2: HTTP APIs and custom domain names. It signs as v1 does; its paths begin with `/v2/`. How deployed APIs answer is in `sandbox/execute-api/`. */
export const apiGatewayV2: Service = {
  name: 'apigateway',
  eventSource: 'apigateway.amazonaws.com',
  protocol: 'rest-json',
  sdk: sdk as unknown as Record<string, unknown>,
  constraints: constraints as Service['constraints'] & object,
  validationCode: 'BadRequestException',
  operations: [
    createApi,
    createApiMapping,
    createAuthorizer,
    createDeployment,
    createDomainName,
    createIntegration,
    createIntegrationResponse,
    createModel,
    createRoute,
    createRouteResponse,
    createStage,
    createVpcLink,
    deleteAccessLogSettings,
    deleteApi,
    deleteApiMapping,
    deleteAuthorizer,
    deleteCorsConfiguration,
    deleteDeployment,
    deleteDomainName,
    deleteIntegration,
    deleteIntegrationResponse,
    deleteModel,
    deleteRoute,
    deleteRouteRequestParameter,
    deleteRouteResponse,
    deleteRouteSettings,
    deleteStage,
    deleteVpcLink,
    exportApi,
    getApi,
    getApiMapping,
    getApiMappings,
    getApis,
    getAuthorizer,
    getAuthorizers,
    getDeployment,
    getDeployments,
    getDomainName,
    getDomainNames,
    getIntegration,
    getIntegrationResponse,
    getIntegrationResponses,
    getIntegrations,
    getModel,
    getModelTemplate,
    getModels,
    getRoute,
    getRouteResponse,
    getRouteResponses,
    getRoutes,
    getStage,
    getStages,
    getTags,
    getVpcLink,
    getVpcLinks,
    importApi,
    reimportApi,
    resetAuthorizersCache,
    tagResource,
    untagResource,
    updateApi,
    updateApiMapping,
    updateAuthorizer,
    updateDeployment,
    updateDomainName,
    updateIntegration,
    updateIntegrationResponse,
    updateModel,
    updateRoute,
    updateRouteResponse,
    updateStage,
    updateVpcLink,
  ],
  resources,
}

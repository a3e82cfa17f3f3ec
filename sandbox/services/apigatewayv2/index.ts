import * as sdk from '@aws-sdk/client-apigatewayv2'
import type { Service } from '../../operation'
import constraints from './constraints.json' with { type: 'json' }
import { createApi } from './operations/create-api'
import { createAuthorizer } from './operations/create-authorizer'
import { createDeployment } from './operations/create-deployment'
import { createIntegration } from './operations/create-integration'
import { createRoute } from './operations/create-route'
import { createStage } from './operations/create-stage'
import { deleteAccessLogSettings } from './operations/delete-access-log-settings'
import { deleteApi } from './operations/delete-api'
import { deleteAuthorizer } from './operations/delete-authorizer'
import { deleteCorsConfiguration } from './operations/delete-cors-configuration'
import { deleteDeployment } from './operations/delete-deployment'
import { deleteIntegration } from './operations/delete-integration'
import { deleteRoute } from './operations/delete-route'
import { deleteRouteSettings } from './operations/delete-route-settings'
import { deleteStage } from './operations/delete-stage'
import { exportApi } from './operations/export-api'
import { getApi } from './operations/get-api'
import { getApis } from './operations/get-apis'
import { getAuthorizer } from './operations/get-authorizer'
import { getAuthorizers } from './operations/get-authorizers'
import { getDeployment } from './operations/get-deployment'
import { getDeployments } from './operations/get-deployments'
import { getIntegration } from './operations/get-integration'
import { getIntegrations } from './operations/get-integrations'
import { getRoute } from './operations/get-route'
import { getRoutes } from './operations/get-routes'
import { getStage } from './operations/get-stage'
import { getStages } from './operations/get-stages'
import { getTags } from './operations/get-tags'
import { importApi } from './operations/import-api'
import { reimportApi } from './operations/reimport-api'
import { resetAuthorizersCache } from './operations/reset-authorizers-cache'
import { tagResource } from './operations/tag-resource'
import { untagResource } from './operations/untag-resource'
import { updateApi } from './operations/update-api'
import { updateAuthorizer } from './operations/update-authorizer'
import { updateDeployment } from './operations/update-deployment'
import { updateIntegration } from './operations/update-integration'
import { updateRoute } from './operations/update-route'
import { updateStage } from './operations/update-stage'
import { resources } from './resources'

/** Amazon API Gateway v2: HTTP APIs. It signs as v1 does; its paths begin with `/v2/`. How deployed APIs answer is in `sandbox/execute-api/`. */
export const apiGatewayV2: Service = {
  name: 'apigateway',
  eventSource: 'apigateway.amazonaws.com',
  protocol: 'rest-json',
  sdk: sdk as unknown as Record<string, unknown>,
  constraints: constraints as Service['constraints'] & object,
  validationCode: 'BadRequestException',
  operations: [
    createApi,
    createAuthorizer,
    createDeployment,
    createIntegration,
    createRoute,
    createStage,
    deleteAccessLogSettings,
    deleteApi,
    deleteAuthorizer,
    deleteCorsConfiguration,
    deleteDeployment,
    deleteIntegration,
    deleteRoute,
    deleteRouteSettings,
    deleteStage,
    exportApi,
    getApi,
    getApis,
    getAuthorizer,
    getAuthorizers,
    getDeployment,
    getDeployments,
    getIntegration,
    getIntegrations,
    getRoute,
    getRoutes,
    getStage,
    getStages,
    getTags,
    importApi,
    reimportApi,
    resetAuthorizersCache,
    tagResource,
    untagResource,
    updateApi,
    updateAuthorizer,
    updateDeployment,
    updateIntegration,
    updateRoute,
    updateStage,
  ],
  resources,
}

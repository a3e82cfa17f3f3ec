export { ActionError, type ActionErrorCode } from './action-error'
export { getViewer, requireRole, requireViewer, viewerForAction, type Viewer } from './viewer'

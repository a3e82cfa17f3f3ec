export const handler = async ({ orderId }) => ({ receipt: `BK-${orderId}` })

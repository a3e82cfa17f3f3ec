import type { Text } from '@/lib/lab/define-lab'

/** A lab as lists show it, open or still to come. */
export interface CatalogueEntry {
  id: string
  day: number
  title: Text
  /** Achievements of the worklog that it proves: `a<group>.<item>` by their places in the list, `a8` for the last, which has no items. */
  covers: readonly string[]
}

const lab = (id: string, vi: string, en: string, ...covers: string[]): CatalogueEntry => ({ id, day: Number(id.split('.')[0]), title: { vi, en }, covers })

/** All labs of the course's week, in their order. */
export const catalogue: readonly CatalogueEntry[] = [
  lab('41.1', 'Môi trường thực thi', 'The execution environment', 'a1.1'),
  lab('41.2', 'Cold start và warm start', 'Cold start and warm start', 'a1.2'),
  lab('41.3', 'Bộ nhớ và timeout', 'Memory and timeout', 'a1.3'),
  lab('41.4', 'Concurrency: chạy song song', 'Concurrency', 'a1.4'),
  lab('41.5', 'Layers và extensions', 'Layers and extensions', 'a1.5'),
  lab('42.1', 'Handler Node.js: tính tổng đơn hàng', 'A Node.js handler: what an order comes to', 'a2.1'),
  lab('42.2', 'Handler Python', 'A Python handler', 'a2.1'),
  lab('42.3', 'Event và context', 'Event and context', 'a2.2'),
  lab('42.4', 'Test event: sự kiện thử', 'Test events', 'a2.3'),
  lab('42.5', 'Trả JSON đúng chuẩn', 'Proper JSON responses', 'a2.4'),
  lab('43.1', 'REST API: resource, method và Lambda', 'A REST API: resources, methods and Lambda', 'a4.1', 'a4.2'),
  lab('43.2', 'CORS', 'CORS', 'a4.3'),
  lab('43.3', 'Mapping request và response', 'Mapping requests and responses', 'a4.4'),
  lab('43.4', 'Stage dev và prod', 'The stages dev and prod', 'a4.5'),
  lab('43.5', 'HTTP API', 'An HTTP API', 'a4.1', 'a4.2'),
  lab('43.6', 'Thử bằng Postman và curl', 'Testing by Postman and curl', 'a4.6'),
  lab('44.1', 'DynamoDB: PutItem và GetItem', 'DynamoDB: PutItem and GetItem', 'a3.1'),
  lab('44.2', 'S3: tải lên, đọc, xóa', 'S3: upload, read, delete', 'a3.2'),
  lab('44.3', 'S3 trigger: tải lên thì chạy hàm', 'An S3 trigger', 'a6.2'),
  lab('44.4', 'SNS: gửi thông báo', 'SNS: notify', 'a3.3'),
  lab('44.5', 'EventBridge: chạy theo lịch', 'EventBridge: running on a schedule', 'a3.4', 'a6.3'),
  lab('44.6', 'API → Lambda → DynamoDB', 'API → Lambda → DynamoDB', 'a6.1'),
  lab('45.1', 'Execution role', 'The execution role', 'a5.1'),
  lab('45.2', 'AWSLambdaBasicExecutionRole: hàm im lặng', 'AWSLambdaBasicExecutionRole: the silent function', 'a5.2'),
  lab('45.3', 'Least privilege: quyền tối thiểu', 'Least privilege', 'a5.3'),
  lab('45.4', 'Câu đố về quyền', 'The permission puzzle', 'a5.1', 'a5.3'),
  lab('45.5', 'Làm việc bằng AWS CLI', 'Working with the AWS CLI', 'a7.1', 'a7.2', 'a7.3'),
  lab('45.6', 'Mức production', 'Production level', 'a8'),
]

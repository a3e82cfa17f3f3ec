import { check, NotYet } from '@/lib/lab/check'
import { text, type Check, type LabContext } from '@/lib/lab/define-lab'
import { invoke, invokeWell, problem, requireFunction, requireRole, requireScene } from '@/lib/lab/look'
import { BASIC_EXECUTION_POLICY, roleArn } from '@/lib/lab/role'
import { hiddenCarts, orderEvent, totalOf } from './carts'
import { FUNCTION, RECEIPT, ROLE } from './names'

/** What the function answered, taken apart. */
interface Answer {
  statusCode: number
  content: any
}

/** Asks the function and reads its answer by the lab's contract. @throws NotYet where it does not keep to it */
async function ask(context: LabContext, event: unknown): Promise<Answer> {
  const { payload, text: raw } = await invokeWell(context, FUNCTION, event)
  const shown = JSON.stringify(event)
  if (typeof payload?.statusCode !== 'number') {
    throw new NotYet(
      text(`Với sự kiện \`${shown}\`, câu trả lời không có \`statusCode\` là số: \`${raw}\``, `Given \`${shown}\`, the answer has no numeric \`statusCode\`: \`${raw}\``),
      text('Trả về một object có `statusCode` và `body`.', 'Return an object with `statusCode` and `body`.'),
    )
  }
  try {
    if (typeof payload.body === 'string') return { statusCode: payload.statusCode, content: JSON.parse(payload.body) }
  } catch {
    // Told below: text that is not JSON is as wrong as no text.
  }
  throw new NotYet(
    text(`Với sự kiện \`${shown}\`, \`body\` không phải chuỗi JSON: \`${raw}\``, `Given \`${shown}\`, \`body\` is not JSON text: \`${raw}\``),
    text('Dùng `JSON.stringify(...)` cho `body`.', 'Use `JSON.stringify(...)` for `body`.'),
  )
}

/** Expects the answer for bad input. @throws NotYet */
async function expectRefusal(context: LabContext, event: unknown, code: string): Promise<void> {
  const { statusCode, content } = await ask(context, event)
  if (statusCode === 400 && content?.error === code) return
  const shown = JSON.stringify(event)
  const found = `statusCode ${statusCode}, body ${JSON.stringify(content)}`
  throw new NotYet(
    text(`Với sự kiện \`${shown}\`, hàm trả về ${found}.`, `Given \`${shown}\`, the function answered ${found}.`),
    text(`Trả về \`statusCode\` 400 và body \`{"error":"${code}"}\` cho loại dữ liệu sai này.`, `Answer \`statusCode\` 400 and the body \`{"error":"${code}"}\` for this kind of bad input.`),
  )
}

export const roleReady: Check = check({
  id: 'role',
  title: text('Có execution role dùng được', 'There is an execution role to run as'),
  expected: text(
    `Role \`${ROLE}\` cho phép Lambda dùng nó và có policy AWSLambdaBasicExecutionRole.`,
    `The role \`${ROLE}\` lets Lambda assume it and has the policy AWSLambdaBasicExecutionRole.`,
  ),
  looked: text('Đọc trust policy và các policy đã gắn của role.', "Read the role's trust policy and its attached policies."),
  async prove(context) {
    const { trust, attached } = await requireRole(context, ROLE)
    if (!JSON.stringify(trust).includes('lambda.amazonaws.com')) {
      throw new NotYet(
        text(`Trust policy của \`${ROLE}\` không nhắc tới \`lambda.amazonaws.com\`.`, `The trust policy of \`${ROLE}\` does not name \`lambda.amazonaws.com\`.`),
        text('Đặt `Principal` là `{"Service": "lambda.amazonaws.com"}`.', 'Make its `Principal` `{"Service": "lambda.amazonaws.com"}`.'),
      )
    }
    if (!attached.some(({ arn }) => arn === BASIC_EXECUTION_POLICY)) {
      throw new NotYet(
        text('Role chưa được gắn AWSLambdaBasicExecutionRole.', 'AWSLambdaBasicExecutionRole is not attached to the role.'),
        text(`Gắn policy \`${BASIC_EXECUTION_POLICY}\` vào role.`, `Attach \`${BASIC_EXECUTION_POLICY}\` to the role.`),
      )
    }
    return text('Role có đủ cả hai.', 'The role has both.')
  },
})

export const functionAnswers: Check = check({
  id: 'function',
  title: text('Hàm đã được tạo và trả lời', 'The function is there and answers'),
  expected: text(
    `Hàm \`${FUNCTION}\` chạy Node.js với role \`${ROLE}\` và trả lời đơn hàng mẫu bằng \`statusCode\` cùng \`body\`.`,
    `The function \`${FUNCTION}\` runs Node.js as \`${ROLE}\` and answers a sample order with \`statusCode\` and \`body\`.`,
  ),
  looked: text('Đọc cấu hình của hàm rồi gọi nó một lần với một giỏ hàng.', 'Read its configuration, then invoked it once with a cart.'),
  async prove(context) {
    const { Runtime = '', Role } = await requireFunction(context, FUNCTION)
    if (!Runtime.startsWith('nodejs')) {
      throw new NotYet(text(`Hàm đang chạy runtime \`${Runtime}\`.`, `The function's runtime is \`${Runtime}\`.`), text('Tạo lại hàm với một runtime Node.js.', 'Create it again with a Node.js runtime.'))
    }
    if (Role !== roleArn(context, ROLE)) {
      throw new NotYet(text(`Hàm đang chạy với role \`${Role}\`.`, `The function runs as \`${Role}\`.`), text(`Cho hàm dùng role \`${ROLE}\`.`, `Let it run as \`${ROLE}\`.`))
    }
    const { statusCode } = await ask(context, orderEvent(hiddenCarts(context.nonce)[0]))
    return text(`Hàm trả lời với statusCode ${statusCode}.`, `The function answered with statusCode ${statusCode}.`)
  },
})

export const totals: Check = check({
  id: 'totals',
  title: text('Tổng tiền đúng với mọi giỏ hàng', 'The total is right for any cart'),
  expected: text('`statusCode` 200 và `{"total": …}` bằng tổng của giá × số lượng.', '`statusCode` 200 and `{"total": …}`, the sum of price × quantity.'),
  looked: text('Gọi hàm với bốn giỏ hàng vừa được tạo ngẫu nhiên, rồi tự tính lại.', 'Invoked it with four carts made up at random just now, and worked the totals out again.'),
  async prove(context) {
    const carts = hiddenCarts(context.nonce)
    const answers: Answer[] = []
    for (const cart of carts) answers.push(await ask(context, orderEvent(cart)))
    const wrong = carts.findIndex((cart, n) => answers[n]!.statusCode !== 200 || answers[n]!.content?.total !== totalOf(cart))
    if (wrong < 0) {
      const found = answers.map(({ content }) => content.total).join(', ')
      return text(`Bốn tổng đều đúng: ${found}.`, `All four totals are right: ${found}.`)
    }
    const cart = JSON.stringify(carts[wrong])
    const { statusCode, content } = answers[wrong]!
    const got = JSON.stringify(content)
    const found = {
      vi: `Với items \`${cart}\` cần total ${totalOf(carts[wrong]!)}, hàm trả về statusCode ${statusCode}, body \`${got}\`.`,
      en: `For items \`${cart}\` the total is ${totalOf(carts[wrong]!)}; the function answered statusCode ${statusCode}, body \`${got}\`.`,
    }
    if (new Set(answers.map((answer) => JSON.stringify(answer.content))).size === 1) {
      throw new NotYet(
        text(`${found.vi} Bốn giỏ khác nhau đều nhận cùng một câu trả lời.`, `${found.en} Four different carts all got the same answer.`),
        text('Tính tổng từ `items` trong sự kiện, đừng ghi sẵn kết quả.', 'Work the total out from the items of the event; do not write the result down.'),
      )
    }
    if (carts.every((items, n) => answers[n]!.content?.total === items.reduce((sum, { price }) => sum + price, 0))) {
      throw new NotYet(
        text(`${found.vi} Đây là tổng các giá, chưa nhân số lượng.`, `${found.en} That is the sum of the prices: quantity is ignored.`),
        text('Nhân `price` với `quantity` của từng cuốn trước khi cộng.', 'Multiply each `price` by its `quantity` before adding.'),
      )
    }
    throw new NotYet(text(found.vi, found.en), text('Gọi thử hàm với chính giỏ hàng này và so từng bước.', 'Invoke it with this very cart and follow each step.'))
  },
})

export const emptyCart: Check = check({
  id: 'empty-cart',
  title: text('Giỏ hàng trống có tổng bằng 0', 'An empty cart comes to 0'),
  expected: text('`statusCode` 200 và `{"total":0}`.', '`statusCode` 200 and `{"total":0}`.'),
  looked: text('Gọi hàm với `{"items":[]}`.', 'Invoked it with `{"items":[]}`.'),
  async prove(context) {
    const { statusCode, content } = await ask(context, orderEvent([]))
    if (statusCode === 200 && content?.total === 0) return text('Tổng là 0.', 'The total is 0.')
    throw new NotYet(
      text(`Hàm trả về statusCode ${statusCode}, body \`${JSON.stringify(content)}\`.`, `The function answered statusCode ${statusCode}, body \`${JSON.stringify(content)}\`.`),
      text('Giỏ trống không phải lỗi: bắt đầu phép cộng từ 0.', 'An empty cart is no error: start the sum at 0.'),
    )
  },
})

export const badJson: Check = check({
  id: 'bad-json',
  title: text('JSON hỏng được từ chối rõ ràng', 'Broken JSON is refused clearly'),
  expected: text('`statusCode` 400 và `{"error":"invalid_json"}`; hàm không ném lỗi.', '`statusCode` 400 and `{"error":"invalid_json"}`; the function does not throw.'),
  looked: text('Gọi hàm với một body bị cắt cụt, rồi với một sự kiện không có body.', 'Invoked it with a body cut short, then with an event that has no body.'),
  async prove(context) {
    await expectRefusal(context, { body: `{"items":[{"id":"b-${context.nonce}"` }, 'invalid_json')
    await expectRefusal(context, { note: context.nonce }, 'invalid_json')
    return text('Cả hai lần đều được từ chối đúng cách.', 'Both were refused as agreed.')
  },
})

export const badItems: Check = check({
  id: 'bad-items',
  title: text('Giỏ hàng sai được từ chối rõ ràng', 'A wrong cart is refused clearly'),
  expected: text('`statusCode` 400 và `{"error":"invalid_items"}`.', '`statusCode` 400 and `{"error":"invalid_items"}`.'),
  looked: text(
    'Gọi hàm với bốn giỏ sai: thiếu số lượng, giá là chuỗi, số lượng 0, và `items` không phải mảng.',
    'Invoked it with four wrong carts: a quantity missing, a price that is text, a quantity of 0, and `items` that is no array.',
  ),
  async prove(context) {
    const [good] = hiddenCarts(context.nonce)[0]!
    const { id, price } = good!
    for (const items of [[good, { id, price }], [{ ...good, price: String(price) }], [good, { ...good, quantity: 0 }], { ...good }]) {
      await expectRefusal(context, orderEvent(items), 'invalid_items')
    }
    return text('Cả bốn giỏ sai đều bị từ chối.', 'All four wrong carts were refused.')
  },
})

export const receiptWorks: Check = check({
  id: 'receipt',
  title: text('Hàm biên lai chạy lại được', 'The receipt function works again'),
  expected: text(`Hàm \`${RECEIPT}\` trả về \`{"receipt":"BK-<orderId>"}\`.`, `\`${RECEIPT}\` answers \`{"receipt":"BK-<orderId>"}\`.`),
  looked: text('Gọi hàm với một mã đơn hàng vừa được tạo ngẫu nhiên.', 'Invoked it with an order number made up just now.'),
  async prove(context) {
    await requireScene(context, RECEIPT)
    const answer = await invoke(context, RECEIPT, { orderId: context.nonce })
    const { payload, text: raw } = answer
    if (answer.functionError !== undefined) {
      throw new NotYet(
        text(`Hàm kết thúc bằng lỗi: ${problem(answer)}`, `The function ended in an error: ${problem(answer)}`),
        text('Mã đã đúng sẵn. So `Handler` với tên tệp và tên được export.', 'The code is right as it is. Compare `Handler` with the name of the file and of its export.'),
      )
    }
    if (payload?.receipt === `BK-${context.nonce}`) return text(`Biên lai \`${payload.receipt}\` đã về.`, `The receipt \`${payload.receipt}\` came back.`)
    throw new NotYet(text(`Hàm trả về \`${raw}\`.`, `The function answered \`${raw}\`.`), text('Mã nguồn đã đúng sẵn: chỉ cần sửa cấu hình.', 'The code is right as it is: only the configuration is to be mended.'))
  },
})

/** What customers are told of their orders without asking; part of the texts of each language. */

export const orderNoticeKeys = [
  'order_processing',
  'order_shipped',
  'order_delivered',
  'order_cancelled',
  'order_cancelled_unpaid',
  'order_returned',
  'order_reason',
  'order_paid_in',
  'order_paid_all',
  'order_rest',
  'order_refunded',
  'order_edited',
  'order_edited_line',
  'order_edited_delivery',
  'order_total_now',
  'order_payment_due',
] as const

type OrderNotices = Readonly<Record<(typeof orderNoticeKeys)[number], readonly string[]>>

export const orderNoticesSpanish: OrderNotices = {
  order_processing: ['Ya estamos preparando [tu|su|tu] pedido {number}.'],
  order_shipped: ['[Tu|Su|Tu] pedido {number} ya va de camino.'],
  order_delivered: ['[Tu|Su|Tu] pedido {number} está entregado. ¡Gracias por [tu|su|tu] compra!'],
  order_cancelled: ['[Tu|Su|Tu] pedido {number} queda cancelado.'],
  order_cancelled_unpaid: [
    '[Tu|Su|Tu] pedido {number} queda cancelado porque no nos ha llegado el pago. Si todavía lo [quieres|quiere|querés], [escríbenos|escríbanos|escribinos] por aquí.',
  ],
  order_returned: ['Hemos recibido la devolución de [tu|su|tu] pedido {number}.'],
  order_reason: ['Motivo: {reason}'],
  order_paid_in: ['Hemos recibido {amount} por [tu|su|tu] pedido {number}. ¡Gracias!'],
  order_paid_all: ['Queda pagado por completo.'],
  order_rest: ['Quedan por pagar {rest}.'],
  order_refunded: ['[Te|Le|Te] hemos devuelto {amount} de [tu|su|tu] pedido {number}.'],
  order_edited: ['Hemos cambiado [tu|su|tu] pedido {number}. Ahora queda así:'],
  order_edited_line: ['• {quantity} × {name}: {total}'],
  order_edited_delivery: ['Envío: {fee}'],
  order_total_now: ['Total: {total}'],
  order_payment_due: [
    'Todavía no hemos recibido el pago de [tu|su|tu] pedido {number} ({total}). [Te|Se|Te] lo guardamos hasta {when}; si no llega antes, lo cancelaremos. Si ya [has|ha|has] pagado, [dínoslo|díganoslo|decínoslo] por aquí.',
  ],
}

export const orderNoticesEnglish: OrderNotices = {
  order_processing: ['We are getting your order {number} ready.'],
  order_shipped: ['Your order {number} is on its way.'],
  order_delivered: ['Your order {number} has been delivered. Thank you for shopping with us!'],
  order_cancelled: ['Your order {number} has been cancelled.'],
  order_cancelled_unpaid: [
    'Your order {number} has been cancelled because we did not receive the payment. If you still want it, just write to us here.',
  ],
  order_returned: ['We have received the return of your order {number}.'],
  order_reason: ['Reason: {reason}'],
  order_paid_in: ['We have received {amount} for your order {number}. Thank you!'],
  order_paid_all: ['It is now fully paid.'],
  order_rest: ['{rest} left to pay.'],
  order_refunded: ['We have refunded {amount} of your order {number}.'],
  order_edited: ['We have changed your order {number}. This is how it stands:'],
  order_edited_line: ['• {quantity} × {name}: {total}'],
  order_edited_delivery: ['Delivery: {fee}'],
  order_total_now: ['Total: {total}'],
  order_payment_due: [
    'We have not received the payment for your order {number} ({total}) yet. We will keep it for you until {when}; after that we will have to cancel it. If you have already paid, please tell us here.',
  ],
}

/** What customers are told of their orders without asking; part of the texts of each language. */

export const orderNoticeKeys = [
  'notice_processing',
  'notice_shipped',
  'notice_delivered',
  'notice_cancelled',
  'notice_cancelled_unpaid',
  'notice_returned',
  'notice_reason',
  'notice_paid_in',
  'notice_paid_all',
  'notice_rest',
  'notice_refunded',
  'notice_edited',
  'notice_edited_line',
  'notice_edited_delivery',
  'notice_total_now',
  'notice_payment_due',
] as const

type OrderNotices = Readonly<Record<(typeof orderNoticeKeys)[number], readonly string[]>>

export const orderNoticesSpanish: OrderNotices = {
  notice_processing: ['Ya estamos preparando [tu|su|tu] pedido {number}.'],
  notice_shipped: ['[Tu|Su|Tu] pedido {number} ya va de camino.'],
  notice_delivered: ['[Tu|Su|Tu] pedido {number} está entregado. ¡Gracias por [tu|su|tu] compra!'],
  notice_cancelled: ['[Tu|Su|Tu] pedido {number} queda cancelado.'],
  notice_cancelled_unpaid: [
    '[Tu|Su|Tu] pedido {number} queda cancelado porque no nos ha llegado el pago. Si todavía lo [quieres|quiere|querés], [escríbenos|escríbanos|escribinos] por aquí.',
  ],
  notice_returned: ['Hemos recibido la devolución de [tu|su|tu] pedido {number}.'],
  notice_reason: ['Motivo: {reason}'],
  notice_paid_in: ['Hemos recibido {amount} por [tu|su|tu] pedido {number}. ¡Gracias!'],
  notice_paid_all: ['Queda pagado por completo.'],
  notice_rest: ['Quedan por pagar {rest}.'],
  notice_refunded: ['[Te|Le|Te] hemos devuelto {amount} de [tu|su|tu] pedido {number}.'],
  notice_edited: ['Hemos cambiado [tu|su|tu] pedido {number}. Ahora queda así:'],
  notice_edited_line: ['• {quantity} × {name}: {total}'],
  notice_edited_delivery: ['Envío: {fee}'],
  notice_total_now: ['Total: {total}'],
  notice_payment_due: [
    'Todavía no hemos recibido el pago de [tu|su|tu] pedido {number} ({total}). [Te|Se|Te] lo guardamos hasta {when}; si no llega antes, lo cancelaremos. Si ya [has|ha|has] pagado, [dínoslo|díganoslo|decínoslo] por aquí.',
  ],
}

export const orderNoticesEnglish: OrderNotices = {
  notice_processing: ['We are getting your order {number} ready.'],
  notice_shipped: ['Your order {number} is on its way.'],
  notice_delivered: ['Your order {number} has been delivered. Thank you for shopping with us!'],
  notice_cancelled: ['Your order {number} has been cancelled.'],
  notice_cancelled_unpaid: [
    'Your order {number} has been cancelled because we did not receive the payment. If you still want it, just write to us here.',
  ],
  notice_returned: ['We have received the return of your order {number}.'],
  notice_reason: ['Reason: {reason}'],
  notice_paid_in: ['We have received {amount} for your order {number}. Thank you!'],
  notice_paid_all: ['It is now fully paid.'],
  notice_rest: ['{rest} left to pay.'],
  notice_refunded: ['We have refunded {amount} of your order {number}.'],
  notice_edited: ['We have changed your order {number}. This is how it stands:'],
  notice_edited_line: ['• {quantity} × {name}: {total}'],
  notice_edited_delivery: ['Delivery: {fee}'],
  notice_total_now: ['Total: {total}'],
  notice_payment_due: [
    'We have not received the payment for your order {number} ({total}) yet. We will keep it for you until {when}; after that we will have to cancel it. If you have already paid, please tell us here.',
  ],
}

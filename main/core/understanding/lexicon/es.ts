import { ordersWithPronoun } from './clitics.ts'
import type { Lexicon } from './pattern.ts'

/** Spanish of Spain and America, folded. Weights: 4 decides alone, 3 strong, 2 usual, 1 hint. */
export const spanish: Lexicon = {
  groups: {
    have: 'tienes|tiene|tienen|teneis|tenes|tendras|tendran|tendria|tendrian|tendrias|tendreis|tendra|hay|habra|habria|venden|vende|vendes|vendeis|vendes|manejan|maneja|manejas|ofrecen|ofreceis|disponeis|disponen|dispone|traen|trabajan',
    give: 'pon|ponme|poneme|pongame|ponedme|ponganme|poner|dame|deme|dadme|denme|mandame|mandeme|apartame|aparteme|apartarme|reservame|reserveme|reservar|agregame|agregueme|agrega|agregue|agregar|anade|anademe|anadir|anada|anadid|anademe|sumame|suma|sumale|sume|sumar|meteme|mete|metele|metes|cogeme|llevo|llevare|llevaria|llevamos|llevarme|llevar|compro|compraria|comprare|comprarte|comprarle|comprar|encargar|encargarte|encargo|pedirte|pedirle|pido|pediria|apunta|apuntame|apuntas|apunteme|echame|echale|regaleme|vendeme|enviame|envieme|separame|separeme|guardame|guardeme|preparame|anotame|anoteme|agregale|ponle|quedo',
    giveit: [...ordersWithPronoun].join('|'),
    givethird:
      'da|das|dais|pone|pones|poneis|pongas|ponga|manda|mandas|vende|vendes|regala|regalas|aparta|apartas|separa|separas|guarda|guardas|agrega|agregas|reserva|reservas|pongan|den|anade|anades|anota|anotas|sirve|sirves|despacha|dan',
    want: 'quiero|quisiera|querria|queria|queremos|querriamos|quiere|necesito|necesitaria|necesitamos|gustaria|deseo|desearia|kiero|prefiero|preferiria|ocupo|ocupamos|requiero|requerimos',
    can: 'puedes|puede|pueden|podeis|podes|podrias|podria|podrian|podriais|puedo|podemos|podriamos',
    deliver:
      'envio|envios|envian|envia|envias|enviais|enviarlo|enviarmelo|enviar|enviarian|entrega|entregas|entregan|entregais|entregar|domicilio|domicilios|reparto|reparten|repartis|repartos|despacho|despachan|despachos|flete|transporte|mensajeria|mandais|mandan|mandarlo|traer|llevan',
  },
  entries: [
    {
      intent: 'appointment',
      weight: 4,
      phrases: '<can> ir|pasar|pasarme|acercarme|venir el|la|manana|hoy|un|este|a',
    },
    {
      intent: 'ask',
      weight: 0.5,
      idiom: true,
      phrases:
        'quiero|queria|quisiera|gustaria|necesito|necesitaria|quería saber|preguntar*|consultar*|conocer|averiguar|informarme; quiero|queria|quisiera|necesito|gustaria|vengo hacer|haceros|hacerles|hacerte|poneros a? un|una pedido|encargo|compra|orden; hay que; tiene|tienes|tienen|tengo|teneis|tenemos que; que hay de; hace falta; por lo menos; en vez de eso; espero que _ bien; os|le|te|les escribo porque|para|por; de parte de; tengo una?',
    },
    {
      intent: 'price',
      weight: 5,
      idiom: true,
      phrases:
        'me regala|regalas|da|das|dice|dices|indica|colabora|confirma con? el|los precio|precios|valor; regaleme|digame|deme|dame el|los precio|precios|valor',
    },
    {
      intent: 'restock',
      weight: 7,
      idiom: true,
      phrases:
        'cuando vuelve|vuelven|vuelva|volvera|volveran _ haber|tener|llegar|entrar|estar|traer; cuando os|les|te llega|llegan|entra|entran; cuando repones|reponen|reponeis|repone|traen; cuando vuelve|vuelven; avisame|aviseme|avisenme cuando llegue|haya|tengan|lleguen',
    },
    {
      intent: 'order_status',
      weight: 6,
      idiom: true,
      phrases:
        'cuanto|que era|fue|costo|valio|salia mi|el pedido|encargo|compra; cuanto costaba|valia mi pedido|encargo|compra',
    },
    {
      intent: 'greet',
      weight: 2,
      idiom: true,
      phrases:
        'me|nos? <can>? atender|atenderme|atendernos|hablar|hablarme|responder|responderme|contestar|contestarme|escribir|escribirme en espanol|castellano|ingles; hablan|hablas|hablais|habla|atienden|atendeis en? espanol|castellano|ingles',
    },
    { intent: 'payment', weight: 3, phrases: 'tarjeta|tarjetas|efectivo' },
    {
      intent: 'greet',
      weight: 2,
      phrases:
        'hola|holi|holis|holaa|buenas|buenos|alo|saludos|ey|hey|wenas|wena|holaaa|ola; buenas|buenos dias|tardes|noches|dia; que tal; que hubo|onda; quiubo; muy buenas; buen dia|tarde',
    },
    {
      intent: 'how_are_you',
      weight: 2,
      phrases: 'como estas|esta|estan|va|te|le|andas|anda; como te|le|les va; que mas',
    },
    {
      intent: 'thanks',
      weight: 2,
      phrases:
        'gracias|agradezco|agradecido|agradecida; muchas|mil gracias; se agradece; muy amable; te|le|os lo? agradezco',
    },
    {
      intent: 'bye',
      weight: 3,
      phrases:
        'adios|chao|chau|bye; hasta luego|manana|pronto|otra; nos vemos; que tengas|tenga|tengan buen*; feliz dia|tarde|noche; buen finde|fin; eso es|era|seria todo; nada mas; ya esta; cuidate; no quiero nada; solo|solamente miraba|mirando|estaba|curioseaba',
    },
    {
      intent: 'affirm',
      weight: 2,
      phrases:
        'si|sip|sii|vale|ok|oki|okey|okay|okis|claro|dale|listo|perfecto|genial|bueno|bien|exacto|correcto|sale|orale|venga|obvio; de acuerdo; por supuesto; esta bien; me parece bien; asi es; eso es; de una',
    },
    {
      intent: 'deny',
      weight: 2,
      phrases:
        'no|nop|nope|nah|nel|nones|tampoco|ninguno|ninguna|dejalo|dejelo; mejor no; para nada; no quiero; ni idea; no se|sabria; espera|espere|esperame un? momento|segundo|rato; no gracias; asi no',
    },
    {
      intent: 'ask',
      weight: 1,
      phrases:
        '<can> decir*|ayudar*|indicar*|explicar*|informar*|contar*; me dices|dice|decis; hacer|hacerles|haceros|hacerte un pedido|encargo; quiero|queria|quisiera|gustaria saber|preguntar*|consultar*|ver|conocer|informacion|info; dime|digame|decime|cuentame|sabes|sabe|saben; una pregunta|consulta|duda; te|le|os|les hago|hacia una?; quiero|queria|quisiera hacer una?; me gustaria saber|ver|preguntar; pregunta|duda|consulta|preguntar|preguntarte|preguntarle|saber|interesa|interesado|interesada|informacion|info',
    },

    {
      intent: 'browse',
      weight: 4,
      phrases:
        'que venden|vendes|vendeis|vende|ofrecen|manejan|ofreceis; que tienes|tienen|teneis|tiene|tenes|hay por ahi|ahi|tienda|catalogo; que cosas|productos|articulos|tipo|tipos|clase _ <have>|venden; <have> catalogo|carta|menu; catalogo|menu; lista de precios|productos; que categorias; ver todo|productos|catalogo; que mas tienen|hay|venden',
    },
    {
      intent: 'search',
      weight: 3,
      phrases:
        '<have>; busco|buscaba|buscando|buscamos|andaba|ando; si <have>; me interesa|interesan|interesaria; algo para|de|con|tipo|asi; ensename|enseneme|muestrame|muestreme|mostrame|muestra|muestre|mostrar|mostrarme|ensenarme|ver|mirar; os|les|te|le|les queda|quedan',
    },
    {
      intent: 'search',
      weight: 2,
      phrases: 'que _ <have>; <want>; cual|cuales; trabajan|manejan con?; opciones|modelos|variedad',
    },
    {
      intent: 'price',
      weight: 4,
      phrases:
        'cuanto me|te|nos|le|se sale|salen|saldria|cuesta|costaria|queda|quedaria|cobras|cobran|cobra; cuanto cuesta|cuestan|vale|valen|sale|salen|costaria|saldria|cobran|cobras|cobrais|cobra|costarian|seria|es|son|quedaria|esta|estan|me|sera|costara|valdria; a como|cuanto; a cuanto; que precio|vale|cuesta|valen|cuestan|valor|costo|coste; en cuanto|cuanto; precio|precios|preciio|tarifa|tarifas|presio; cual es el precio|valor|costo; que cuesta|vale; cuesta|cuestan|vale|valen|salen el|la|los|las|un|una|eso|esa|ese|este|esta; q* costo|valor',
    },
    {
      intent: 'price',
      weight: 3,
      phrases: 'cuesta|cuestan|costo|coste|valor|cuanto; es|son _ euros|pesos|€',
    },
    {
      intent: 'stock',
      weight: 4,
      phrases:
        'cuantos|cuantas _ quedan|queda|hay|tienes|tienen|teneis|tenes|tiene|disponibles; stock|existencias|existencia|disponibilidad|inventario; os|les|te|le queda|quedan; queda|quedan; <have> disponible|disponibles; esta|estan disponible|disponibles|agotado|agotada|agotados; disponible|disponibles|agotado|agotada|agotados|unidades; en existencia; sigue|siguen disponible|disponibles|teniendo|habiendo',
    },
    {
      intent: 'attributes',
      weight: 3,
      phrases:
        'material|materiales|composicion|ingredientes|ingrediente|medida|medidas|tamano|tamanos|dimensiones|ancho|largo|alto|altura|peso|pesa|pesan|mide|miden|dura|duran|duracion|capacidad|garantia|marca|caracteristicas|detalles|descripcion|especificaciones|contiene|contienen|lleva|llevan|trae|incluye|incluyen|sirve|sirven|lavar|lava|lavan|lavadora|lavavajillas|microondas|secadora|congelador|impermeable|alergenos|gluten|vegano|vegana|caduca|caducidad|origen|fabricado|hecho|hecha|hechos|hechas',
    },
    {
      intent: 'attributes',
      weight: 4,
      phrases:
        'de que material|tela|tamano|marca|color|esta|estan|es|son|talla|medida|peso|origen; que talla|tallas|colores|color|medidas|tamano|tamanos|medida|material|sabores|sabor|marca|presentaciones; en que colores|color|tallas|talla|tamanos|presentacion|presentaciones|sabores; cuanto mide|miden|pesa|pesan|dura|duran; como es|son; que trae|incluye|lleva|contiene|contienen|llevan; para que sirve|sirven; es de|son de; mas informacion|info|detalles; cuenta* mas; habla* mas; a que huele|huelen|sabe; de que es|son|esta|estan; que caracteristicas',
    },
    {
      intent: 'compare',
      weight: 5,
      phrases:
        'diferencia|diferencias|comparar|compara|comparame|comparacion|distinto|distingue|diferencian|comparados; cual _ mejor; que es mejor; cual me conviene|recomiendas|recomienda|recomendas|aconsejas; cual de; en que se diferencian; mejor _ o',
    },
    {
      intent: 'cheapest',
      weight: 5,
      phrases:
        'mas barato|barata|baratos|baratas|economico|economica|economicos|economicas|asequible; barato|barata|baratito|economico|economica|baratos|baratas; menor precio; menos cuesta|vale; mas bajo; de menor',
    },
    { intent: 'dearest', weight: 5, phrases: 'mas caro|cara|caros|caras; mayor precio; mas lujoso|lujosa' },
    {
      intent: 'recommend',
      weight: 4,
      phrases:
        'recomiend*|recomend*|aconsej*|suger*|sugier*; que me llevo|llevaria; que es lo mas vendido|popular; mas vendido|vendida|vendidos|popular|populares; no se que|cual; idea|ideas; regalar|regalo|regalito|detalle',
    },
    { intent: 'photo', weight: 5, phrases: 'foto|fotos|fotito|imagen|imagenes|fotografia; como se ve|ven' },
    {
      intent: 'lead_time',
      weight: 5,
      phrases:
        'cuanto se? tarda|tardan|tardais|tardas|demora|demoran|demoras|tiempo; con cuanto|que tiempo|antelacion|anticipacion; en cuanto tiempo|dias; lo|la|los|las quiero|necesito|ocupo|querria para; cuantos dias; cuando estaria|estara|estaria|lo|la; para cuando; plazo|antelacion|anticipacion; por encargo; bajo pedido; de un dia para otro',
    },

    {
      intent: 'add',
      weight: 4,
      phrases:
        '<give>; <giveit>; me|nos colabora|colaboras|colaboran con; me <givethird>; me los?|las?|lo|la <give>|<givethird>|llevo|quedo|llevare|pido; <want> comprar*|encargar*|pedir*|llevar*|ordenar*|agregar*|anadir*|reservar*; <can> poner*|anadir*|agregar*|mandar*|apartar*|reservar*|vender*|dar*|sumar*|meter*|enviarme; quedo con; para mi|nosotros un|una|dos|tres|el|la; os lo? compro; voy a querer|llevar|pedir|comprar',
    },
    { intent: 'add', weight: 3, phrases: '<want>; me gustaria' },
    {
      intent: 'more',
      weight: 4,
      phrases:
        'otro|otra mas; uno|una|un|dos|tres|cuatro|cinco|1|2|3|4|5 mas; anade|agrega|suma|sumale|pon|ponme otro|otra|otros|otras|mas; ademas ponme|pon|dame; dame otro|otra; y otro|otra; _ mas del|de ese|esos|esas|esa|mismo',
    },
    {
      intent: 'set_quantity',
      weight: 5,
      phrases:
        'que sean|sea|fueran; eran|era|son|serian solo? uno|dos|tres|cuatro|cinco|seis|2|3|4|5|6; cambiame|cambieme|cambiamela|cambiamelo; mejor que? sean|sea|pon|ponme|solo|dos|tres|una|uno|un|cuatro|cinco|seis|deja|dejame|dejalo; dejalo|dejala|dejalos|dejalas|dejame|deja|dejelo en|solo; cambia|cambiar|cambialo|cambiame|cambie|cambiala|modifica _ a|por; solo|solamente quiero|una|uno|un|dos|tres; ponlo|ponlos|ponlas|subelo|bajalo|bajame|subeme|bajala|subela en|a; en total|vez; en lugar|vez de',
    },
    {
      intent: 'remove',
      weight: 5,
      phrases:
        'quita|quitame|quite|quiteme|quitalo|quitala|quitalos|quitalas|quitar|quitarme|quiten|quitemos|elimina|eliminar|eliminalo|eliminame|elimine|borra|borrar|borrame|saca|sacame|sacar|sacalo|sacala|saque|saqueme|sacalos|retira|retirar|cancela|cancelar|cancelame|descarta; ya no quiero|la|lo|las|los|me; sin el|la|los|las; al final no; no quiero ya|el|la|los|las; deja fuera; olvida|olvidate|olvide el|la|los|las; olvidate|olvidese|olvida lo? de|del',
    },
    {
      intent: 'view_cart',
      weight: 5,
      phrases:
        'carrito|carro|cesta|canasta; mi pedido|compra|orden|carrito|cuenta|cesta; que llevo|tengo; que he pedido; cuanto llevo|suma|sumo|va|voy|debo|tengo; cuanto es|seria|sera|sale|son todo|total; en total; total; resumen; ver mi|el carrito|pedido|compra; cuanto _ total|todo; cuantos|cuantas llevo|tengo; cuanto te|le|os debo',
    },
    {
      intent: 'clear_cart',
      weight: 6,
      phrases:
        'vacia|vaciar|vacialo|vacie|vacien _ carrito|carro|cesta|pedido|todo; borra|quita|elimina|cancela|borrar|quitar|cancelar|saca|cancele|quite|borre todo|todos|todas; borra|cancela|cancelar|elimina|anula|anular|cancele|cancelen _ pedido|compra|carrito|orden; empezar|empecemos|empieza|empiezo|empezamos de cero|nuevo; borralo|borrala|borralos|borralas|quitalo|quitalos|quitamelo|eliminalo|cancelalo|cancelamelo todo|todos|todas; vacia|vaciar|vacialo',
    },
    {
      intent: 'checkout',
      weight: 5,
      phrases:
        'finaliza*|tramita*|confirma*|confirmo|cerrar|cierra|cerramos|cierre|realizar|completar|terminar _ pedido|compra|orden|encargo; hacer el|mi pedido|compra|orden; quiero pagar|pagarlo; me cobras|cobra|cobran ya|todo|eso|esto|?; pagar ya|ahora; como compro; <can> pagar ya|ahora|el pedido; hacer el? pedido|compra|orden; eso es todo para|quiero; haz el pedido; cobrame|cobreme|cobrarme; pasar|pasamos por caja',
    },
    {
      intent: 'correct',
      weight: 5,
      phrases:
        'no la|el|las|los otra|otro|otras|otros|primera|primero|segunda|segundo|tercera|ultima; la|el|las|los otra|otro|otros|otras; no esa|ese|eso|esas|esos|era|digo; me equivoque|confundi; me he equivocado|confundido; perdon la|el|quise|era|queria|digo; perdona|perdone|disculpa|disculpe era|eran|queria|quise|digo; era|eran la|el|las|los|en|de|talla|para; queria|quise decir; quise decir; me referia; no queria',
    },

    {
      intent: 'hours',
      weight: 5,
      phrases:
        'horario|horarios|horas; a que hora|horas; que dias|horario|hora|horas _ abren|abris|atienden|trabajan|abre|cierran|estan; hasta que hora; abren|abris|abre|abres|abierto|abiertos|abierta|abiertas|cierran|cerrais|cierra|cerrado|cerrados|atienden|atendeis|atiende; cuando abren|abris|cierran|cerrais; que hora; festivos|feriados; trabajan|trabajais|trabajas el|este|en _ enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre; trabajan|trabajais|trabajas el|este|los|manana|hoy lunes|martes|miercoles|jueves|viernes|sabado|sabados|domingo|domingos|festivo|festivos|?; estais|estan|esta|estas|estaran|estareis de vacaciones; hasta cuando|que|dia|fecha _ vacaciones; cuando|que|cuanto|cuantas _ vacaciones; teneis|tienen|haceis|hacen|coges|cogeis|toman vacaciones; volveis|vuelven|regresais|regresan|volvereis|volveran de las|? vacaciones; los domingos|sabados|lunes|festivos|feriados|puentes',
    },
    {
      intent: 'address',
      weight: 5,
      phrases:
        'direccion|ubicacion|ubicados|ubicado|ubicada|domicilio fisico; donde estan|estais|esta|queda|quedan|se|os|estas|es|los|les|encuentro|puedo; por donde; en que calle|parte|zona|barrio|ciudad|direccion; como llego|llegar; como se llega|va; tienda fisica; local fisico; teneis|tienen|tiene|tienes tienda|local|sucursal; sucursal|sucursales|mapa; donde _ tienda|local',
    },
    {
      intent: 'contact',
      weight: 5,
      phrases:
        'telefono|telefonos|celular|whatsapp|email|mail|correo|instagram|facebook|web|pagina; numero de telefono|contacto|celular; como _ contact*; llamaros|llamarles|llamar',
    },
    {
      intent: 'delivery',
      weight: 5,
      phrases:
        '<deliver>; hacen|haceis|hace|haces|hacemos? envios|envio|domicilios|domicilio|entregas|repartos; gastos de envio; llega|llegan|llegaria|llegais|llegar a; a domicilio; mandan|mandais|mandas|manda|envian a; lo|la|los|las mandan|mandais|envian|enviais|llevan|traen|envias|manda|mandas; cuando llega|llegaria|llegan; cuando me llega|llegan|llegaria|lo|la|los|las|mandan|envian|traen; cual|cuanto es el minimo; minimo para que?; me|nos lo|la|los|las? traigan|lleven|manden|envien|traerian; cuanto tarda|tardan|demora _ llegar|<deliver>; pedido minimo; minimo de compra|pedido; compra minima',
    },
    {
      intent: 'pickup',
      weight: 6,
      phrases:
        'recoger|recogida|recogerlo|recogerla|recogerlos|recogerlas|recojo|recojerlo|retiro|retirarlo|retirar en|por; recoger|recogerlo|recogerla|recogerlos|recogerlas|retirarlo|retirarla|recogida; pasar a|por recoger|buscar*|retirar*|tienda; pasar por; paso a|por _ recoger*|buscar*|tienda; lo|la|los|las recojo|busco|retiro; buscarlo|buscarla|pasar',
    },
    {
      intent: 'payment',
      weight: 5,
      phrases:
        'pago|pagos|pagar|pagarlo|pagan|pago|pagarse; forma|formas|metodo|metodos|medio|medios de pago; acept* tarjeta|bizum|efectivo|paypal|nequi|transferencia|transferencias|daviplata|mercado; bizum|paypal|nequi|daviplata|transferencia|transferencias|mercadopago|contraentrega|contrareembolso|reembolso|spei|oxxo|cuotas|plazos|credito|debito|pse|visa|mastercard; mercado pago; con que|como puedo? pagar|pago; contra entrega|reembolso; a plazos; meses sin intereses',
    },
    {
      intent: 'deposit',
      weight: 6,
      phrases: 'sena|anticipo|abono|adelanto|deposito|fianza|senal; pagar por adelantado; por adelantado',
    },
    {
      intent: 'returns',
      weight: 6,
      phrases:
        'devolucion|devoluciones|devolver|devuelvo|devolverlo|devolverla|devuelven|reembolso|reembolsan|cambio|cambios|cambiarlo|cambiarla|descambiar|reembolsan; si no me|le queda|quedan|gusta|va|vale|sirve; si me? llega|llegan|llegara|llegase|viene|vienen|esta|estan mal|roto|rota|rotos|rotas|danado|danada|defectuoso|defectuosa|equivocado|equivocada|marchito|marchitas; puedo|pueden cambiar*; se puede cambiar|devolver; si lo|la|los|las quiero|quisiera|tengo|necesito|quisiese que? cambiar*|devolver*; politica de',
    },
    {
      intent: 'discounts',
      weight: 5.5,
      phrases:
        'descuento|descuentos|oferta|ofertas|promocion|promociones|promo|promos|rebaja|rebajas|cupon|cupones|liquidacion|outlet',
    },
    {
      intent: 'faq',
      weight: 4,
      phrases:
        'factura|facturas|facturan|aparcar|aparcamiento|parking|parqueadero|estacionamiento|estacionar|envolver|envuelven|envolveis|envoltorio|mascotas|mayoreo|mayorista|mayor; para regalo; papel de regalo; al por mayor; envuelto|envueltos para?',
    },
    {
      intent: 'haggle',
      weight: 5,
      phrases:
        'haces|hace|hacen|haceis|hazme|hagame|haceme|harias|hariais|dejas|deja _ %; muy|demasiado|bastante|algo caro|cara|caros|caras; iguala|igualas|igualan|igualar|igualarme|igualais; % de? descuento|rebaja|dto; por ciento; rebajita|rebajame|rebajas|regatear|descuentito|precio de amigo; haces|hace|hacen|haceis|haga|hazme|hagame|hacerme|haceme|dame|deme|dais|me|harias|hariais|haria _ descuento|rebaja|precio|descuentito|rebajita|preciito|mejor; me lo|la|los|las dejas|deja|dejan|dejais|dejarias|dejaria|podes|dejas; por menos; es|esta|estan|son|parece|me muy caro|cara|caros|caras; mas barato si; ultimo precio; lo menos; en cuanto me lo|la; en cuanto lo|la deja|dejas|dejan; baja|bajas|bajar el precio; que es lo menos; hacemos precio; descuento si; dejamela|dejamelo|dejamelas|dejamelos|dejemela|dejemelo|dejemelas|dejemelos en|a|por',
    },
    {
      intent: 'human',
      weight: 6,
      phrases:
        'pasame|paseme|pasarme|comunicame|comuniqueme|comunicarme con; hablar|hable|hablo|hablamos|comunicar|comunicarme|comuniqueme|comunicame|comuniquen|pasame|paseme|pasarme|pasas|pasa|atienda|atender|atiende|contactar|contacto|conteste|llame|llamar _ persona|humano|humana|alguien|asesor|asesora|agente|encargado|encargada|dueno|duena|vendedor|vendedora|operador|responsable|gerente|jefe|real; persona|humano|alguien real|humana; alguien de verdad; hay alguien;  asesor|asesora|humano|operador; con un|una|el|la persona|humano|asesor|agente|encargado|encargada|dueno|duena|responsable|vendedor|vendedora|operador|gerente; no quiero _ robot|bot|maquina; hablar|conversar|chatear con; hablar|chatear|tratar con maquinas|maquina|robots|robot|bots|bot; que me llamen|llame|llameis|llamen; me <can>? llamar|llaman|llamas|llamais; atencion humana|personal|personalizada; alguien que; <can> llamarme',
    },
    {
      intent: 'complaint',
      weight: 6,
      phrases:
        'me? salio|salieron malo|mala|malos|malas; que me devuelvan|devolvais|devuelva la|el|mi plata|dinero; queja|quejarme|quejas|reclamo|reclamacion|reclamar|reclamarles|verguenza|estafa|estafadores|estafado|ladrones|indignado|indignada|denuncia|denunciar|pesimo|pesima|fatal|horrible|decepcionado|decepcionada|decepcion|enojado|enojada|harto|harta|inaceptable|enfadado|enfadada|molesto|molesta|fraude|robo|engano|engañado|inadmisible|desastre; es|son|todo|puras mentira|mentiras; roto|rota|rotos|rotas|danado|danada|danados|danadas|defectuoso|defectuosa|estropeado|estropeada|podrido|averiado; no funciona|sirve|llego|ha|me|llega; llego|vino|salio|vinieron|llegaron|venia mal|rot*|tarde|incompleto|equivocado|equivocada|dan*|manchad*|abierto|sin|otro|otra; nadie me? contesta|responde|atiende|ha; mala|mal atencion|servicio|calidad; me han|habeis cobrado|enganado|enviado|mandado|dado; me cobraron|mandaron|enviaron|dieron|vendieron|trajeron|cobrasteis|mandasteis|enviasteis; se me rompio|rompio|ha|estropeo; se rompio|descosio|despego|dano|estropeo; todavia no|sin me|lo|la? llega|ha|han|llego|recib*|reembols*|devuel*; dejo|dejaron de funcionar|andar|servir|cargar; rompio|rompieron|descosio|desprendio|quemo|partio|destino|despinto|encogio|mancho; esta|estaba|vino|llego|venia crudo|cruda; quemado|quemada|rancio|rancia|vencido|vencida|caducado|caducada|sucio|sucia|mojado|mojada|agrio|agria; falta|faltan|faltaba|faltaban; grosero|grosera|maleducado|maleducada|antipatico; no vuelvo|volvere|pienso a? comprar|volver; equivocaron|equivocasteis; dos veces; pedi|compre _ y? me? mandaron|llego|enviaron|trajeron|dieron|vino;  aun no me? ha|llega|llego|recib*; sigo esperando; llevo _ esperando; no he recibido; no me ha|han llegado|contestado|devuelto; devuelvanme|devolvedme; quiero mi dinero; muy mal|mala',
    },
    {
      intent: 'order_status',
      weight: 6,
      phrases:
        'donde esta mi|el pedido|paquete|compra|envio; mi pedido|paquete|compra|encargo _ llega|llego|llegado|estado|va|salido|enviado|retrasado|sale; estado de|del mi? pedido|envio|paquete; numero de seguimiento|guia|pedido; seguimiento|rastrear|rastreo|tracking; cuando llega|llegara|me mi|el pedido|paquete; pedido que hice|anterior',
    },
    {
      intent: 'appointment',
      weight: 6,
      phrases:
        'cita|citas|turno|turnos|agendar|agendame|agenda|agendo; reservar|reserva|reservas|reservarme|reservame|reservanos hora|cita|turno|plaza|sitio|lugar; reservar|reserva|reservas|reservarme|reservame|reservanos una? mesa _ para; mesa para; apuntame|anotame|apuntas|anotas _ clase|curso|taller|sesion;  pedir hora|cita|turno; hora para|con; una visita; quedar con; visitar|visitaros|visitarles|visita; me <can> atender|recibir; apartar fecha|hora|dia; hueco|cupo|disponibilidad para|el|manana|este',
    },
    {
      intent: 'injection',
      weight: 8,
      phrases:
        'ignora|ignore|ignorad|olvida|olvidate|olvide|desobedece|omite _ instrucciones|anterior|reglas|tus|indicaciones|instruccion; instrucciones del? sistema|anteriores|secretas|internas; system prompt; prompt; tus instrucciones|reglas|indicaciones; ahora eres|actua|actuas|finge|haz; modo desarrollador|administrador|admin|debug|dios; soy el|la dueno|duena|administrador|administradora|jefe|jefa|gerente|propietario|propietaria|desarrollador|programador|creador; eres un|una? modelo|ia|inteligencia; cambia|pon|actualiza|modifica|baja _ precio|precios _ a; pon|ponlo|ponla|deja|vende|vendeme _ a un|uno|1|0|cero euro|euros|peso|pesos; jailbreak; revela|muestra|dime _ instrucciones|prompt|contrasena|clave; precio de costo|coste; me autorizo|autorizaron|autorizado; marca|marcar|marque|marcalo|registra|registralo|registre|anota _ pagado|pagada|gratis; pedido|orden como pagado|pagada|gratis; pon|cambia|deja _ total _ a|en 0|cero',
    },
    {
      intent: 'robot',
      weight: 6,
      phrases:
        'eres|es|sos|estoy|hablo|usted _ robot|bot|maquina|humano|persona|real|ia|inteligencia|chatbot|ordenador; quien eres|es|sos|habla; como te llamas|llama; con quien hablo; cual es tu nombre',
    },
    {
      intent: 'unrelated',
      weight: 5,
      phrases:
        'chiste|chistes|poema; quien gano|fue|invento; chiste|poema|futbol|partido|politica|clima|receta|horoscopo|loteria|bitcoin|presidente|capital de|traduce|traducir|programar|codigo python|deberes|tarea; te quiero|amo; que opinas; cuanto es _ por|mas',
    },
  ],
}

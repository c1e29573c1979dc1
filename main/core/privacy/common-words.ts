/**
 * Names that are words, too: alone they may be a colour, a month, a thing of the catalog. In Spanish and English, folded.
 * A name that is missing here costs the model a word (it comes back as it was); one too many leaves a first name readable.
 */
const spanish = `
cliente usuario mama papa tienda prueba invitado yo senor senora don dona hola vale todo nada
abril agosto aguila alamo alba alegria alma ambar amor ancho angel angeles arena arroyo aurora azucena azul azules barba
barquilla bello blanca blanco blancas blancos bosque bravo buena bueno buenos caballero cabello cabeza calle calvo camino
campana campo campos canela cara caridad casa casas castillo celeste cereza cielo clara claro clavel concha conde conejo
consuelo coral cordero corona corral cortes cortina cruz cuadrado cuesta dalia de del delgado diamante dolores domingo dorado dulce
enero esmeralda esperanza estrella feliz fe flor flora flores fortuna franco fresco fresa fuente fuentes fuerte gallo
gema gloria gracia gracias gris grande guerra guerrero hermosa herrero hierro hoja iglesias invierno iris izquierdo
jardin jazmin jueves julio junio lago lana largo leal leche leon liebre linda lino lirio listo lobo lucero luna lunes luz
madera malva manzana mano mar marco marcos marfil margarita marina martes marzo mas mayo mayor melon menta mercedes merced mesa miel
milagros miranda molina molino montana monte montero montes morado moreno morena mota naranja naranjo navidad negra negro nieve
nieves noche nogal novia nube nuez nuevo oliva olivo olmo oro otono palma palmera palo pan paloma paraiso parra pastor paz
pelado pena pequeno perla perro piedad piedra piedras pilar pinar pino pinos pinto plata playa plaza pluma pozo prado
primavera primo principe puente puerta puerto ramo ramos real redondo remedios rey reyes rica rico rio rios risa roble roca
rocio roja rojas rojo rosa rosal rosario rosas rosado rubi rubia rubio sabado sal salas salud salvador salvia san santa santo santos
seda segura seguro sereno serrano sierra silla sol sola soledad solo soto suave talla te tela tierra toro torre torres
trigo uva vaca valle valiente vega vela velas ventana ventura verano verde verdes vera vidrio viernes vino viola violeta
virtudes vivo zafiro zapata zapatero zarza
`
const english = `
customer user guest shop store test admin owner whatsapp telegram mum mom dad me nobody unknown hello
amber angel april arch art ash aster august autumn baby baker ball banks barber basil bay beach bean beau bell berry best bill bird
bishop black blue bolt bond book bow brandy bridge bright brook brown bud bull bush butcher candy carter case cash chance charity
chase cherry chip christian christmas church cliff clay cloud coal coffee cole cook cooper coral cotton crane cream cross crystal
daisy dale dawn day dean dear deer diamond dolly dove duke earl east ebony eden eve faith farmer fawn fern field fields
fig finch fish fisher flint flora ford forest foster fox frank free frost garden gay gem ginger glass gold goldie good grace grant
grass gray green grey grove guy hall hand hart harmony hawk hazel head heath heather hill holly honey hood hope house hunter ice iris
iron ivory ivy jack jade jasmine jay jean jewel joy july june juniper key king kit knight lace lake lamb lance land lane large lark
laurel lavender lee leaf light lily lilac little long love low lucky major maple marble march margarita mark market marsh mason max may
meadow melody mercy merry miles miller milk mint misty moon moss music myrtle navy north oak ocean olive opal orange page paige paint
pansy park parker patience peach pearl penny pepper petal piper pierce plum pool poppy potter precious price prince prudence purple
queen rain ray red reed rice rich ridge river rob robin rock rose rosemary rosie ruby rush rust rusty sage sailor salmon salt sandy
sapphire scarlet school sea shade shell shepherd short silk silver sky small snow sol south sparrow spring star steel sterling
stone storm street sugar summer sun sunday sunny swan tailor tea teal thorn tiger tin tree trinity tulip turner twist valentine
velvet victory viola violet walker wall waters wave weaver well wells west white will willow wine winter wolf wood woods wool
wren yellow young
`
const words = new Set(`${spanish} ${english}`.split(/\s+/).filter((word) => word !== ''))

/** @param folded Lower case, without accents. */
export function isCommonWord(folded: string): boolean {
  return words.has(folded)
}

import type { Lexicon } from './pattern.ts'

/** English of Britain and America, folded (apostrophes are dropped: "I'd" is `id`). */
export const english: Lexicon = {
  groups: {
    have: 'have|has|got|sell|stock|carry|offer|do',
    give: 'give|get|grab|send|add|put|order|buy|purchase|take|reserve|hold|pop|stick|throw|chuck',
    deliver:
      'deliver|delivers|delivery|deliveries|delivered|delivering|ship|ships|shipping|shipped|shipment|postage|courier|post',
    can: 'can|could|may|would|will',
  },
  entries: [
    {
      intent: 'ask',
      weight: 0.5,
      idiom: true,
      phrases:
        'have to; i have a?; want|like|wanted|love to place|make|put an|a order; i hope you* _ well; i was told',
    },
    {
      intent: 'payment',
      weight: 6,
      idiom: true,
      phrases: 'how can|could|may|might i|we pay; what|which ways can|could? i|we? to? pay',
    },
    {
      intent: 'robot',
      weight: 6,
      idiom: true,
      phrases: 'are|r you|u a|an? real|actual|live? person|human|robot|bot|machine',
    },
    {
      intent: 'unrelated',
      weight: 6,
      idiom: true,
      phrases: 'tell me a|another|some? good|funny? joke|jokes; know any|a good|funny? joke|jokes',
    },
    {
      intent: 'order_status',
      weight: 6,
      idiom: true,
      phrases: 'how much was|were my|the order|purchase; what did my order cost|come',
    },
    {
      intent: 'haggle',
      weight: 6,
      idiom: true,
      phrases: 'ill|id give|pay|offer you; i will|would|can|could give|pay|offer you',
    },
    { intent: 'payment', weight: 3, phrases: 'card|cards|cash' },
    {
      intent: 'greet',
      weight: 2,
      phrases:
        'hello|hi|hiya|hey|heya|howdy|yo|morning|afternoon|evening; good morning|afternoon|evening|day; hi|hello|hey there|mate; alright mate|then; hows it going',
    },
    {
      intent: 'how_are_you',
      weight: 2,
      phrases: 'how are you|things; hows it|things; how are ya; you alright|ok; whats up',
    },
    {
      intent: 'thanks',
      weight: 2,
      phrases:
        'thanks|thank|cheers|ta|appreciate|appreciated|grateful; thank you; much appreciated; cheers|thanks|ta mate',
    },
    {
      intent: 'bye',
      weight: 3,
      phrases:
        'bye|goodbye|cya|farewell; see you|ya; have a good|nice|lovely|great; thats all|it|everything for?; take care; nothing else; good night',
    },
    {
      intent: 'affirm',
      weight: 2,
      phrases:
        'yes|yeah|yep|yup|ya|sure|ok|okay|okey|perfect|great|fine|lovely|right|correct|exactly|absolutely|definitely|cool|alright; go ahead|on|for; sounds good; thats right|fine|good; please do; do it; of course',
    },
    {
      intent: 'deny',
      weight: 2,
      phrases:
        'no|nope|nah|never; not really|now|today; no thanks|thank; no idea|clue; not sure; hang|hold on; one|just a? moment|sec|second|minute; wrong number; dont want|bother; leave it',
    },
    {
      intent: 'ask',
      weight: 1,
      phrases:
        '<can> you tell|help|explain|let|advise; tell me; i want|wanted|would|like|need to? know|ask|check|see|find|enquire; id like to know|ask|check|see; just wondering|checking|asking; i was wondering|wondering|thinking; do you know; quick question; a question; question|wondering|wonder|info|information|enquiry|know; let me know; can i ask|see|check; im|i am interested; interested in',
    },

    {
      intent: 'browse',
      weight: 4,
      phrases:
        'what do you <have>|do; what have you got; what _ products|things|stuff|items; what sort|kind|kinds|types of things|products|stuff|items; show me everything|around; catalogue|catalog|menu|range; product list; list of products; what else; price list',
    },
    {
      intent: 'search',
      weight: 3,
      phrases:
        'do|does you|u|ya|yous|anyone|they _ <have>|any; have you|u got|any; you|u got|have|stock|sell any|some|a|the; got any|a|some; are there any; is there a|any; looking|searching|hunting|after for?; im after; show|see me?; i need|want|wanted; any|anything chance|for|with|like|under|nice; something for|like|with|under; what _ <have>|got; which _ <have>; interested in; stock|sell|carry any|the|a; there is|are; got',
    },
    { intent: 'search', weight: 2, phrases: 'which|options|have|find|any|anything|something' },
    {
      intent: 'price',
      weight: 4,
      phrases:
        'how much is|are|for|does|do|would|will|it|the|s|was|cost|costs|those|that|these|this; how much; hows much; price|prices|priced|pricing|cost|costs; whats the price|cost|damage; what _ cost|price|charge; is|are it|that|they|those _ pounds|£|quid|euros|dollars',
    },
    {
      intent: 'stock',
      weight: 4,
      phrases:
        'in|out|of stock; stock|available|availability; how many _ left|have|available|got|stock|there; any left|more|remaining; left in|?; sold out; do|have you still|got have|any|sell|left; still have|available|got|in',
    },
    {
      intent: 'attributes',
      weight: 3,
      phrases:
        'material|materials|made|ingredients|size|sizes|dimensions|measurements|wide|width|long|length|tall|height|heavy|weight|weigh|weighs|big|large|lasts|last|capacity|guarantee|warranty|brand|details|description|contains|contain|include|includes|washable|wash|dishwasher|microwave|waterproof|vegan|gluten|allergens|colour|colours|color|colors|smell|smells|scent|origin|burn',
    },
    {
      intent: 'attributes',
      weight: 4,
      phrases:
        'what _ made of|from; made of|from|in; what size|sizes|colour|colours|color|colors|material|scent|scents|flavours|flavors|dimensions|brand|is|are it|they|does?; which sizes|colours|colors|size|colour|scents|scent|flavours|flavors|flavour|flavor; how big|tall|long|wide|heavy|large|small|deep|thick; what is|are it|they like|made; tell me more|about; more info|information|details|about; does it|they _ come|fit|have|need|work; come|comes in|with; is it|are they|is|are|does _ safe|washable|waterproof|vegan|real|suitable|good|come; whats it like|made',
    },
    {
      intent: 'compare',
      weight: 5,
      phrases:
        'difference|differences|compare|compared|comparison|versus|vs|differ|different; which one|is|of _ better|best; better than; whats better; which _ recommend|better|should; or the other',
    },
    {
      intent: 'cheapest',
      weight: 5,
      phrases:
        'cheapest; least expensive; lowest price|priced; cheaper|cheap|inexpensive|affordable; most affordable',
    },
    {
      intent: 'dearest',
      weight: 5,
      phrases: 'dearest|priciest; most expensive; highest price|priced; poshest|fanciest',
    },
    {
      intent: 'recommend',
      weight: 4,
      phrases:
        'recommend|recommends|recommendation|recommendations|suggest|suggestion|suggestions|advise|ideas|idea|popular|bestseller|bestsellers|bestselling|gift|gifts|present|presents; best seller|sellers|selling; what should|would i|you|be',
    },
    {
      intent: 'photo',
      weight: 5,
      phrases:
        'photo|photos|picture|pictures|pic|pics|image|images; what does it|they|that look; look|looks like',
    },
    {
      intent: 'lead_time',
      weight: 5,
      phrases:
        'how long _ take|make|wait|made|need|order; lead time|times; how far|long in? advance|ahead; how soon; when _ ready; ready by|when; turnaround; notice; made to order|measure; waiting time',
    },

    {
      intent: 'add',
      weight: 4,
      phrases:
        'ill|i will|would|shall|we take|have|get|buy|go|order|grab; ill take|have|get|buy|grab|go; id|i would like|love to? order|buy|get|purchase|have|a|an|one|two|three|four|five|six|some|the; <can>|could i|you|we|u please? have|get|order|buy|add|put|send|take|reserve|grab|pop|hold|purchase; <give> me|us; give|send|get|put|add|pop|grab|order|buy|purchase|reserve|stick|chuck; put me down; sign me up; i want to? buy|order|get|purchase; want|like to order|buy|purchase|get; let me get|have|take; lets go|get|take|have; go with|for; well take|have; and another',
    },
    {
      intent: 'add',
      weight: 3,
      phrases:
        'i want|need|wanted|fancy; id like|love|want; i would like|love; we need|want|would|d; need|want',
    },
    {
      intent: 'more',
      weight: 4,
      phrases:
        'one|two|three|four|five|another more; another; another one|two; extra one; add|get|put _ more|another; more of those|them|that|the; plus another; same again',
    },
    {
      intent: 'set_quantity',
      weight: 5,
      phrases:
        'make it|that|them|those; actually|rather make|just|only|one|two|three|four|five|six; change|update|amend|adjust _ to; just the? one|two|three|1|2|3; only the? one|two|three|want|need; set it|that|them _ to; instead of; in total; bring|up|increase|reduce|drop|lower|bump it|that|them|the _ to; lets make|do|say; better make|if; id rather have?; make _ instead',
    },
    {
      intent: 'remove',
      weight: 5,
      phrases:
        'remove|delete|drop|scrap|cancel|ditch|forget|skip|leave; take out|off|away; take _ out|off|away; dont want|need _ the|it|that|them|anymore|any; no longer want|need; get rid of; without the; leave out|off; lose the; i changed my mind',
    },
    {
      intent: 'view_cart',
      weight: 5,
      phrases:
        'cart|basket|trolley; my order|cart|basket|bag|total; what _ got|have so far; what have i; what|how much _ total|altogether|owe|all|everything; the total; total; so far; order so|summary; summary; altogether; whats in my|the; how much _ that|come to; show me my',
    },
    {
      intent: 'clear_cart',
      weight: 6,
      phrases:
        'empty|clear|reset|wipe|cancel|delete|remove|scrap|bin _ cart|basket|order|everything|all|trolley|lot; start over|again|afresh; forget the whole|everything|all',
    },
    {
      intent: 'checkout',
      weight: 5,
      phrases:
        'checkout; check out; place|complete|confirm|finalise|finalize|finish|submit|process my|the|an|this order|purchase; want|ready|like to pay; pay now; ready to order; how do i order|buy|checkout|pay; thats my order; ring me|it up; confirm it|that|the?; order it|that|them now|please?; can i pay',
    },
    {
      intent: 'correct',
      weight: 5,
      phrases:
        'no the other|first|second|third|last; the other one|ones?; not that|this|those|the one|ones?; i meant|mean; sorry i|the|not meant|mean|other; wrong one; i said; other one; my mistake|bad',
    },

    {
      intent: 'hours',
      weight: 5,
      phrases:
        'hours|opening|open|opens|closing|close|closes|closed; what time|days _ open|close|shut|start|finish|you|do; when _ open|close|opens|closes|shut; are you open|closed; you|u|shop|store on vacation|holiday|holidays|leave; back|return from vacation|holiday|holidays|your; when _ back|return from _ holiday|holidays|vacation; when _ back|return from holiday|holidays|vacation; your vacation|holidays|holiday; bank|public holiday|holidays; till|until when|what; on|this sundays|sunday|mondays|monday|saturdays|saturday|weekend|weekends',
    },
    {
      intent: 'address',
      weight: 5,
      phrases:
        'address|located|location|directions|postcode; where are|is|abouts|exactly|can you|u|i|the|your _ based|shop|store|located|find|?; where are|r you|u; where is the|your|?; how do|can i get|find to|you|there; physical shop|store; shop|store _ visit; wheres the|your shop|store; branches|branch',
    },
    {
      intent: 'contact',
      weight: 5,
      phrases:
        'email|whatsapp|instagram|website|facebook; contact number|details|info|you; phone|telephone number; your number; call you; get in touch; by|on|your phone',
    },
    {
      intent: 'delivery',
      weight: 5,
      phrases:
        '<deliver>; send|post it|them|to; mail it|them; how long _ <deliver>|arrive; when _ arrive|<deliver>; minimum order|spend; need|want it|them|this by|for|before; here|there by; to my door|house|address; get|gets it to|here by; overseas|abroad|international|internationally',
    },
    {
      intent: 'pickup',
      weight: 6,
      phrases:
        'pickup|collect|collection|collecting; pick up|it|them|that _ up|?; click and collect; come in|by|and _ get|collect|pick; in|from store|shop collection|pickup; swing|pop|drop by|in|round',
    },
    {
      intent: 'payment',
      weight: 5,
      phrases:
        'pay|payment|payments|paying|paypal|visa|mastercard|amex|klarna|instalments|installments|contactless|cheque|invoice|bank; apple|google pay; bank transfer; take|accept card|cards|cash|paypal|amex; payment methods|options|method',
    },
    {
      intent: 'restock',
      weight: 7,
      idiom: true,
      phrases:
        'when _ back; back in stock; restock|restocking|restocked|restocks; when _ in stock again?; let me know when it|they|its|theyre',
    },
    {
      intent: 'deposit',
      weight: 6,
      phrases: 'deposit|upfront|downpayment; up front; down payment; in advance pay',
    },
    {
      intent: 'returns',
      weight: 6,
      phrases:
        'return|returns|refund|refunds|refunded|exchange|exchanges|returning|warranty|guarantee; send|bring|take it|them back; money back; if it|they|i _ doesnt|dont|isnt|fit|work|like; swap|change it|them for; if it|they arrive|arrives|come|comes|is|are broken|damaged|wrong|faulty|late',
    },
    {
      intent: 'discounts',
      weight: 5.5,
      phrases:
        'discount|discounts|offer|offers|sale|sales|deal|deals|promo|promos|promotion|promotions|promotional|voucher code|coupon|coupons|code|codes|bogof; special offers; student|nhs discount; on sale|offer',
    },
    {
      intent: 'faq',
      weight: 4,
      phrases:
        'parking|park|vat|invoice|receipt|wrap|wrapped|wrapping|dogs|dog|pets|wheelchair|toilet|wholesale|trade; gift wrap*; gift receipt',
    },
    {
      intent: 'haggle',
      weight: 5,
      phrases:
        'price match|matching; match the|that|their|his|a|its price; % off; percent off|discount; off since|if|for; get|have _ % off; haggle|bargain|negotiate|negotiable; best price|deal|you|offer; knock|shave something|off|a|some|money|few|£|10|20 off?; take something|some|money|off|few|£ off?; take a few|bit|little|tenner|fiver|pound|bit; do|give|get|gimme|have me|us|i|a _ discount|deal|price|better; cheaper if|for; do|lower|drop|reduce _ price|cheaper|better|less; for less; too|very|bit|quite expensive|dear|pricey; mates rates; lower price; let me have it for; meet me; would|can|could|will you take|do|accept|let _ for|it|£|pounds|quid; any discount|chance; some money off; money off; bit steep',
    },
    {
      intent: 'human',
      weight: 6,
      phrases:
        'human|person|someone|somebody|real|agent|representative|manager|owner|staff|assistant|advisor|operator _ talk|speak|chat|please|real|call|help|contact; speak|talk|chat|pass|put|transfer|connect|speaking|get me|to|with _ human|person|someone|somebody|agent|manager|owner|staff|anyone|representative|boss|real|member|advisor|operator; speak|talk|chat to|with; real|actual|live person|human|people|agent; call|ring|phone me|back; human; customer service|services|support; someone|somebody|anyone call|ring|contact|help|from|there; dont want _ bot|robot|machine',
    },
    {
      intent: 'complaint',
      weight: 6,
      phrases:
        'complaint|complain|complaining|disgusted|disgusting|disgrace|disgraceful|awful|terrible|appalling|unacceptable|shocking|ridiculous|rubbish|scam|scammed|fraud|furious|angry|livid|disappointed|disappointing|upset|unhappy|annoyed|joke|useless|lied|worst; broken|damaged|cracked|faulty|defective|smashed|chipped|scratched|ripped|torn|mouldy; doesnt|didnt|isnt|hasnt|not|stopped|wont work|working|arrived|turned|arrive|come|showed|received|turn; arrived|came|turned broken|late|damaged|wrong|smashed|up|without|with|in; wrong item|size|colour|one|thing|order|product; never arrived|came|received|turned|got; not what i|we ordered|asked|bought|wanted; broke|broken|leaks|leaking|leaked|stale|rotten|raw|mouldy|dirty|rude|peeling|shrunk; stopped working; charged _ twice; still no|not refund|reply|answer|parcel|order|response; ive|have been waiting; never again; in pieces|bits; item|items|piece|pieces missing; missing from|an|some|two|one|item; havent received|heard|had|got; still waiting|havent|hasnt|not|no; nobody|noone|no one answers|replies|answered|replied|has; want my money; overcharged; been charged; ripped off; fell apart; bad service|quality|experience; poor service|quality|experience; let down; waste of; missing from|item|items',
    },
    {
      intent: 'order_status',
      weight: 6,
      phrases:
        'where _ my|the order|parcel|package|delivery|stuff; wheres my|the _ order|parcel|package; track|tracking|tracked|dispatched|shipped; order status|number|update; status of; when will|is|does my|the order|parcel|package|delivery; my|the parcel|package; has|is my|the order|parcel|package|delivery; order i placed|made',
    },
    {
      intent: 'appointment',
      weight: 6,
      phrases:
        'appointment|appointments|appt|booking|consultation|reservation; book|booking a|an|in|me|table|slot|for|visit; schedule|arrange a|an|visit|time|meeting; a|any slot|slots|availability|meeting|viewing|fitting|table; come in|by|over|round _ see|at|on|tomorrow|look|have|try; make a|an booking|appointment|reservation; see me at|on|tomorrow|today; fit me in; visit you|the|your; free on|at|this|tomorrow|slot',
    },
    {
      intent: 'injection',
      weight: 8,
      phrases:
        'ignore|disregard|forget|override|bypass|skip _ instructions|previous|prior|rules|everything|prompt|all|above|earlier; system prompt|message|override; your|previous|prior|hidden|secret|initial instructions|rules|prompt; prompt; you are now|a|an; pretend to|you|that; act as|like; developer|admin|debug|god|dan|maintenance mode; im the owner|owners|admin|administrator|boss|manager|developer|ceo|creator; i am|is the owner|owners|admin|administrator|boss|manager|developer|ceo|creator; as the? owner|owners|admin|administrator|boss|manager|developer|ceo|creator; im|am your owner|owners|admin|administrator|boss|manager|developer|ceo|creator; set|change|update|make|lower _ price|prices|everything _ to|£|free|0|1|99|off; make|set it free; set|change|update the? price|prices of|to; jailbreak; everything is|now _ free|off; sell _ for|at 1|one|£1|£|0|a; reveal|print|repeat|show|output|tell _ prompt|instructions|password|rules; cost price|prices; authorised|authorized|approved by|me|to|a; new instructions|rules|policy; mark|flag|register _ paid|shipped|delivered; set|change|make _ total|price _ to|0|zero|free',
    },
    {
      intent: 'robot',
      weight: 6,
      phrases:
        'are|r|is|am you|u|this|i _ robot|bot|human|person|real|ai|machine|computer|chatbot; who are|is you|this|am; whats|what is your name; am i talking|speaking|chatting; is this a|an bot|robot|ai|automated',
    },
    {
      intent: 'unrelated',
      weight: 5,
      phrases:
        'joke|poem|football|match|weather|politics|horoscope|lottery|bitcoin|president|recipe|homework; capital of; who won|is|was the|president; i love you; translate|code|python; what do you think; write me|a',
    },
  ],
}

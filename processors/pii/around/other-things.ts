/** What numbers mostly are: words that say so, in ten languages. */
export const OTHER_THINGS: readonly string[] = [
  // commerce
  ...'order|orders|invoice|tracking|shipment|parcel|sku|item|product|part|model|catalog|quote|receipt|purchase|refund'.split(
    '|',
  ),
  ...'bestellung|bestellnummer|bestell nr|rechnung|rechnungsnummer|auftrag|auftragsnummer|artikel|artikelnummer'.split(
    '|',
  ),
  ...'sendung|sendungsnummer|sendungsverfolgung|lieferung|lieferschein|lieferscheinnummer|teilenummer|ersatzteil'.split(
    '|',
  ),
  ...'ersatzteilnummer|seriennummer|geratenummer|katalognummer|modellnummer|produktnummer|paket|paketnummer|retoure'.split(
    '|',
  ),
  ...'commande|facture|colis|article|produit|pedido|factura|producto|articulo|envio|ordine|fattura|prodotto'.split('|'),
  ...'suivi|numero de suivi|numero de serie|codice articolo|articolo|spedizione|pezzo|numero di serie|bultos|paquete'.split(
    '|',
  ),
  ...'zamowienia|numer zamowienia|numer katalogowy|numer przesylki|przesylki|paczka|paczki|zgloszenie|zgloszenia'.split(
    '|',
  ),
  ...'numer seryjny|numer czesci|faktury|numer faktury|towar|artykul|bestallningsnummer|ordernummer|ordernr'.split('|'),
  ...'artikelnr|kollinummer|forsandelse|sandningsnummer|reservdel|reservdelsnummer|serienummer|arende'.split('|'),
  ...'arendenummer|fakturanummer|sparningsnummer|kolli|onderdeel|onderdeelnummer|zending'.split('|'),
  ...'fatura|encomenda|produto|bestelling|factuur|zamowienie|faktura|przesylka|produkt|siparis|urun|bestallning'.split(
    '|',
  ),
  ...'seguimiento|rastreo|numero de seguimiento|lote|pieza|rastreamento|rastreio|lotto|seriale|livraison|bestelnummer'.split(
    '|',
  ),
  ...'pakket|takip|takip numarasi|kargo|parca|seri|chargennummer|consignment|waybill|pallet|work order'.split('|'),
  ...'compte rendu|compte tenu|cuenta atras|agencia de|placa base|placa madre|placa mae|placa de video|schadenmeldung|schadennummer|schaden nr'.split(
    '|',
  ),
  ...'winning numbers|lottery|lotto|jackpot|ohm|ohms|resistor|cab driver|cab ride'.split('|'),
  // to fasten, and what fastens
  ...`pin the|pin this|pin that|pin it|pin a|pin an|pin your|pin my|pin our|pin to the|pin to a|pin to your|pin to this|pin at|pin header|gpio pin|safety pin|bowling pin|
    rolling pin|hair pin|drawing pin|push pin|lapel pin|map pin|pin drop|pin board|pin pad|pin count|pin layout|pin connector|pin socket|
    cotter pin|dowel pin|locking pin|hinge pin|firing pin|output pin|input pin|reset pin|ground pin|power pin|data pin|pin cushion|
    pin stripe|tie pin|clevis pin|pin on the map|pin on a map|pin on the board|pin in the|pin in a|pin into|pin through|pin behind|pin under|
    pin near|pin down|pin up|pin out|pinout|pinned|pinning|pins|enamel pin|brooch pin|hat pin|king pin|kingpin|crank pin|piston pin|
    shear pin|split pin|roll pin|spring pin|linch pin|pogo pin|jumper pin|test pin|signal pin|analog pin|digital pin|header pin|
    connector pin|pin assignment|pin assignments|pin spacing|pin pitch|pin diagram|pin tumbler|pin placement|pin position|pin mapping|
    pin mux|vcc pin|gnd pin|tx pin|rx pin|sda pin|scl pin|cs pin|clk pin|led pin|io pin|adc pin|pwm pin|interrupt pin|straight pin|
    wooden pin|metal pin|steel pin|brass pin|pivot pin|axle pin|taper pin|pin diameter|pin length|pin diode|pin type|pin size|pin hole|
    pinhole|bobby pin|clothes pin|stick pin|badge pin|guide pin|alignment pin|locating pin|ejector pin|contact pin|trailer pin|hitch pin|
    retaining pin|detent pin|wrist pin|gudgeon pin|drive pin|stop pin|pin vise|pin id|pin ids|pin buf|pin config|pin control|pin widget|pin complex|pin nailer|pin bar|pin valve|chip pin|pin chip|socket pin`
    .split('|')
    .map((phrase) => phrase.trim()),
  // machines
  ...'build|version|release|commit|revision|sha|hash|checksum|digest|md|uuid|guid|trace|span|request|response'.split(
    '|',
  ),
  ...'session|thread|process|pid|port|error|row|column|offset|bytes|size|length|count|total|sum'.split('|'),
  ...'timestamp|epoch|unix|time|duration|latency|ms|seconds|index|seq|sequence|batch|job|task|run|node|pixel|width'.split(
    '|',
  ),
  ...'max age|maxage|ratelimit|rate limit|limit reset|retry after|ttl|height|latitude|longitude|lat|lon|lng|float|int|integer|seed|nonce|block|txid|serial|firmware'.split(
    '|',
  ),
  // codes that are good for once
  ...'otp|otps|otp code|one time password|one time passcode|one time code|verification code|tan'.split('|'),
  // paperwork
  ...'ticket|case|incident|reference|ref|transaction|txn|isbn|issn|doi|arxiv|patent|lot|barcode|ean|upc|gtin'.split(
    '|',
  ),
  ...'vorgang|aktenzeichen|vorgangsnummer|referenz|referencia|riferimento|referentie|numer referencyjny'.split('|'),
  ...'bid|bids|proposal|docket|exhibit|matter no|purchase order|p o|p o number|po number|claim number|claim no|permit number'.split(
    '|',
  ),
  ...'meeting id|zoom meeting|zoom id|webinar|conference id|chat id|message id|channel id|accession|encounter id|rx|mls'.split(
    '|',
  ),
  ...'aws account|account id|owner account|member account|created by account|account ids|source account|target account|created at|updated at|creation time|creation date|last modified|ad account|account manager|account balance|billing account|customer account|account team|account for|accounts created|on account of|dl speed|dl rate'.split(
    '|',
  ),
  // of a card, beside its other digits
  ...'exp|exp date|expiry|expiry date|expiration|expiration date|expires|valid thru|good thru|ablaufdatum|caducidad|scadenza|validade'.split(
    '|',
  ),
  ...'population|revenue|price|cost|amount|votes|views|followers|subscribers|likes'.split('|'),
]

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
  // to fasten, and what fastens
  ...`pin the|pin this|pin that|pin it|pin a|pin an|pin your|pin my|pin our|pin to|pin at|pin header|gpio pin|safety pin|bowling pin|
    rolling pin|hair pin|drawing pin|push pin|lapel pin|map pin|pin drop|pin board|pin pad|pin count|pin layout|pin connector|pin socket|
    cotter pin|dowel pin|locking pin|hinge pin|firing pin|output pin|input pin|reset pin|ground pin|power pin|data pin|pin cushion|
    pin stripe|tie pin|clevis pin`
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
  ...'height|latitude|longitude|lat|lon|lng|float|int|integer|seed|nonce|block|txid|serial|firmware'.split('|'),
  // codes that are good for once
  ...'otp|otps|otp code|one time password|one time passcode|one time code|verification code|tan'.split('|'),
  // paperwork
  ...'ticket|case|incident|reference|ref|transaction|txn|isbn|issn|doi|arxiv|patent|lot|barcode|ean|upc|gtin'.split(
    '|',
  ),
  ...'vorgang|aktenzeichen|vorgangsnummer|referenz|referencia|riferimento|referentie|numer referencyjny'.split('|'),
  ...'population|revenue|price|cost|amount|votes|views|followers|subscribers|likes'.split('|'),
]

/** What numbers mostly are: words that say so, in ten languages. */
export const OTHER_THINGS: readonly string[] = [
  // commerce
  ...'order|orders|invoice|tracking|shipment|parcel|sku|item|product|part|model|catalog|quote|receipt|purchase|refund'.split(
    '|',
  ),
  ...'bestellung|bestellnummer|rechnung|rechnungsnummer|auftrag|artikel|sendung|lieferung'.split('|'),
  ...'commande|facture|colis|article|produit|pedido|factura|producto|articulo|envio|ordine|fattura|prodotto'.split('|'),
  ...'fatura|encomenda|produto|bestelling|factuur|zamowienie|faktura|przesylka|produkt|siparis|urun|bestallning'.split(
    '|',
  ),
  // machines
  ...'build|version|release|commit|revision|sha|hash|checksum|digest|md|uuid|guid|trace|span|request|response'.split(
    '|',
  ),
  ...'session|thread|process|pid|port|error|status|line|row|column|page|offset|bytes|size|length|count|total|sum'.split(
    '|',
  ),
  ...'timestamp|epoch|unix|time|duration|latency|ms|seconds|index|seq|sequence|batch|job|task|run|node|pixel|width'.split(
    '|',
  ),
  ...'height|latitude|longitude|lat|lon|lng|float|int|integer|seed|nonce|block|txid|serial|firmware'.split('|'),
  // paperwork
  ...'ticket|case|incident|reference|ref|transaction|txn|isbn|issn|doi|arxiv|patent|lot|barcode|ean|upc|gtin'.split(
    '|',
  ),
  ...'vorgang|aktenzeichen|vorgangsnummer|referenz|referencia|riferimento|referentie|numer referencyjny'.split('|'),
  ...'population|revenue|price|cost|amount|votes|views|followers|subscribers|likes'.split('|'),
]

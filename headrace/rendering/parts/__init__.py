"""What several layouts share: goods tables, stamps, QR codes and barcodes, the VAT form."""

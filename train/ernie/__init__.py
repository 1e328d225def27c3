"""ERNIE for the model `sentiment`: fine-tuned from any checkpoint, or trained from scratch, with PaddleNLP."""

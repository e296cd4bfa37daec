"""A range code of a text, with the predictor that it was coded with."""

from range_decoder import RangeDecoder


def decode_text(code, size, predictor):
    """size bytes. predictor: a NgramPredictor or a NeuralPredictor."""
    decoder = RangeDecoder(code)
    for _ in range(size):
        byte = None
        while byte is None:
            byte = predictor.learn(decoder.bit(predictor.predict()))
        predictor.append(byte)
    return bytes(predictor.history.data)

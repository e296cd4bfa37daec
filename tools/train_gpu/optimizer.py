"""A step along the gradients as model/train/optimizer.h takes it: Muon for matrices, Adam for the rest."""

import torch

A, B, C = 3.4445, -4.7750, 2.0315
ITERATIONS = 5


def orthogonalised(x, dtype):
    """[parts][rows][columns]; zero stays zero."""
    length = x.square().sum((-2, -1), keepdim=True).sqrt()
    tall = x.shape[-2] > x.shape[-1]
    x = (x / torch.where(length > 0, length, torch.ones_like(length))).to(dtype)
    if tall:
        x = x.transpose(-2, -1)
    for _ in range(ITERATIONS):
        gram = x @ x.transpose(-2, -1)
        x = A * x + (B * gram + C * gram @ gram) @ x
    return (x.transpose(-2, -1) if tall else x).float()


class Optimizer:
    def __init__(self, checkpoint, params, device):
        self.rate = {kind: checkpoint.real(kind + "_rate") for kind in ("matrix", "embedding", "output", "vector")}
        self.decay, self.momentum = checkpoint.real("matrix_decay"), checkpoint.real("momentum")
        self.beta1, self.beta2, self.clip = checkpoint.real("beta1"), checkpoint.real("beta2"), checkpoint.real("clip")
        self.layout = checkpoint.layout()
        self.steps = checkpoint.whole("counted_steps")
        self.dtype = torch.bfloat16 if device == "cuda" else torch.float32
        self.params = params

    @torch.no_grad()
    def step(self, factor, first, second):
        """first, second: name -> moments. Returns the norm of the gradients, which are cleared."""
        norm = torch.sqrt(sum(p.grad.float().square().sum() for p in self.params.values()))
        if not torch.isfinite(norm):
            return float(norm)
        self.steps += 1
        clip = torch.clamp(self.clip / norm, max=1.0)
        correction = (1 - self.beta2**self.steps) ** 0.5 / (1 - self.beta1**self.steps)
        for name, kind, rows, columns, parts in self.layout:
            weight, grad, mean = self.params[name], self.params[name].grad * clip, first[name]
            speed = factor * self.rate[kind]
            if kind == "matrix":
                mean.mul_(self.momentum).add_(grad, alpha=1 - self.momentum)
                update = self.momentum * mean + (1 - self.momentum) * grad
                update = orthogonalised(update.view(parts, rows // parts, columns), self.dtype).view(rows, columns)
                shape = max(1.0, rows / parts / columns) ** 0.5
                weight.mul_(1 - speed * self.decay).sub_(update, alpha=speed * shape)
            else:
                # Rows of an embedding that did not occur keep their moments, too.
                moved = (grad != 0).any(1, keepdim=True) if kind == "embedding" else torch.ones_like(grad[:, :1], dtype=torch.bool)
                square = second[name]
                mean.copy_(torch.where(moved, self.beta1 * mean + (1 - self.beta1) * grad, mean))
                square.copy_(torch.where(moved, self.beta2 * square + (1 - self.beta2) * grad.square(), square))
                change = speed * correction * mean / (square.sqrt() + 1e-10)
                weight.sub_(torch.where(moved, change, torch.zeros_like(change)))
        for p in self.params.values():
            p.grad = None
        return float(norm)

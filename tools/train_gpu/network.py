"""The network of docs/network.md in PyTorch; the same arithmetic as model/train."""

import math

import torch
import torch.nn.functional as F

EPSILON = 1 / 1024
CAP = 15.0
TAPS = 4
NORM_STEP = 1 / 16
NGRAM_STEP = 1 / 32


def rounded(x, step):
    """Activations of 8 bits; gradients stop where they saturate."""
    q = torch.clamp(torch.floor(x / step + 0.5), -127, 127) * step
    inside = (q.abs() < 126.5 * step).to(x.dtype)
    return x * inside + (q - x * inside).detach()


def rounded_rows(w):
    step = w.detach().abs().amax(1, keepdim=True) / 127
    step = torch.where(step > 0, step, torch.ones_like(step))
    return w + (torch.floor(w / step + 0.5) * step - w).detach()


def norm(x):
    return x * torch.rsqrt(x.float().square().mean(-1, keepdim=True) + EPSILON).to(x.dtype)


def scan(keep, add):
    """h_t = keep_t h_{t-1} + add_t along dimension 1, by doubling (Hillis and Steele 1986)."""
    steps, reach = keep.shape[1], 1
    while reach < steps:
        add = torch.cat([add[:, :reach], add[:, reach:] + keep[:, reach:] * add[:, :-reach]], 1)
        keep = torch.cat([keep[:, :reach], keep[:, reach:] * keep[:, :-reach]], 1)
        reach *= 2
    return add


class Network:
    def __init__(self, checkpoint, device):
        n = checkpoint.whole
        self.blocks = checkpoint.numbers["blocks"]
        self.rows, self.e = n("ngram_rows"), n("recurrence_width")
        self.heads, self.kv, self.c, self.window = n("heads"), n("kv_heads"), n("head_width"), n("window")
        begin = [int(number) for number in checkpoint.numbers["class_begin"].split()]
        self.class_of = torch.repeat_interleave(
            torch.arange(len(begin) - 1), torch.tensor([b - a for a, b in zip(begin, begin[1:])])
        ).to(device)
        self.steps = [float(step) for step in checkpoint.arrays["steps"]]  # of activations; empty: not quantised
        self.device = device

    def new_state(self, streams):
        """[block] tensors that streams carry: hidden and past inputs, or keys and values."""
        zeros = lambda *shape: torch.zeros(streams, *shape, device=self.device)
        carried = (self.window - 1, self.kv * self.c)
        return [
            (zeros(self.e), zeros(TAPS - 1, 2 * self.e)) if kind == "r" else (zeros(*carried), zeros(*carried))
            for kind in self.blocks
        ]

    def read_state(self, numbers, streams):
        """From the checkpoint's array of streams."""
        state, at = [], 0
        for tensors in self.new_state(streams):
            filled = []
            for tensor in tensors:
                part = torch.from_numpy(numbers[at : at + tensor.numel()].copy())
                filled.append(part.view(tensor.shape).to(self.device))
                at += tensor.numel()
            state.append(tuple(filled))
        if at != len(numbers):
            raise SystemExit("the checkpoint's streams do not fit its configuration")
        return state

    def quantised(self, params):
        if not self.steps:
            return params
        made = {}
        for name, w in params.items():
            if name in ("ngram2", "ngram3"):
                q = torch.clamp(torch.floor(w / NGRAM_STEP + 0.5), -127, 127) * NGRAM_STEP
                made[name] = w + (q - w).detach()
            elif w.shape[0] == 1 or name.endswith("taps"):
                made[name] = w
            else:
                made[name] = rounded_rows(w)
        return made

    def embedding(self, p, batch):
        b, b2, b3 = batch[0], batch[1], batch[2]
        x = p["embedding"][b]
        if self.rows:
            mask = 0xFFFFFFFF

            def mix(h):
                h = ((h ^ h >> 15) * 0x2C1B3C6D) & mask
                return h * self.rows >> 32

            tail = (b2 + 1) * 0x9E3779B1 + b * 0x85EBCA77
            row2 = mix(tail & mask)
            row3 = mix((tail + (b3 + 1) * 0xC2B2AE3D) & mask)
            x = x + torch.cat([p["ngram2"][row2], p["ngram3"][row3]], -1) @ p["ngram_project"].t()
        return norm(x)

    def recurrence(self, p, name, x, since, state):
        e = self.e
        hidden, past = state
        padded = torch.cat([past, x[..., : 2 * e].float()], 1)
        mixed = 0
        for k in range(TAPS):
            inputs = padded[:, TAPS - 1 - k : TAPS - 1 - k + x.shape[1]]
            mixed = mixed + p[name + "taps"][k] * inputs * (since >= k).unsqueeze(-1)
        decay = torch.sigmoid(mixed[..., e:] + p[name + "bias"][0])
        keep = decay * (since > 0).unsqueeze(-1)
        add = (1 - decay) * mixed[..., :e]
        add = torch.cat([(add[:, 0] + keep[:, 0] * hidden).unsqueeze(1), add[:, 1:]], 1)
        h = scan(keep, add)
        y = p[name + "gain"][0] * h * F.silu(x[..., 2 * e :].float())
        return y, (h[:, -1].detach(), padded[:, -(TAPS - 1) :].detach())

    def rotated(self, x, first):
        """x [streams][steps][heads][c], turned by places first, first + 1, .."""
        half = self.c // 2
        places = torch.arange(first, first + x.shape[1], device=self.device, dtype=torch.float64)
        speed = 10000.0 ** (-torch.arange(half, device=self.device, dtype=torch.float64) / half)
        angle = (places.unsqueeze(1) * speed).unsqueeze(1)
        cosine, sine = torch.cos(angle).float(), torch.sin(angle).float()
        low, high = x[..., :half], x[..., half:]
        return torch.cat([low * cosine - high * sine, high * cosine + low * sine], -1)

    def attention(self, x, since, state):
        streams, steps, carried = x.shape[0], x.shape[1], self.window - 1
        q, k, v = torch.split(x.float(), [self.heads * self.c, self.kv * self.c, self.kv * self.c], -1)
        q = norm(q.reshape(streams, steps, self.heads, self.c))
        k, v = (norm(x.reshape(streams, steps, self.kv, self.c)).reshape(streams, steps, -1) for x in (k, v))
        keys, values = torch.cat([state[0], k], 1), torch.cat([state[1], v], 1)
        q = self.rotated(q, carried)
        turned = self.rotated(keys.view(streams, -1, self.kv, self.c), 0)
        if self.steps:
            q, turned, values = rounded(q, NORM_STEP), rounded(turned, NORM_STEP), rounded(values, NORM_STEP)
        repeat = self.heads // self.kv
        turned = turned.repeat_interleave(repeat, 2)
        many = values.view(streams, -1, self.kv, self.c).repeat_interleave(repeat, 2)
        scores = torch.einsum("sthc,sjhc->shtj", q, turned) / math.sqrt(self.c)
        back = torch.arange(steps, device=self.device).unsqueeze(1) + carried
        back = back - torch.arange(carried + steps, device=self.device)
        reach = torch.clamp(since, max=carried).unsqueeze(-1)
        seen = (back >= 0) & (back <= reach)
        scores = scores.masked_fill(~seen.unsqueeze(1), float("-inf"))
        y = torch.einsum("shtj,sjhc->sthc", torch.softmax(scores, -1), many)
        start = keys.shape[1] - carried
        return y.reshape(streams, steps, -1), (keys[:, start:].detach(), values[:, start:].detach())

    def loss(self, params, batch, state, watch=None):
        """Mean of -ln P(target), and the state after the batch. watch: called with each block's two activations."""
        p = self.quantised(params)
        q = (lambda x, step: rounded(x, step)) if self.steps else (lambda x, step: x)
        target, since = batch[3], batch[4]
        x, after = self.embedding(p, batch), []
        for i, kind in enumerate(self.blocks):
            name = f"block{i}."
            steps = self.steps[2 * i : 2 * i + 2] or [1, 1]
            inner = q(norm(x), NORM_STEP) @ p[name + "in"].t()
            if kind == "r":
                y, carried = self.recurrence(p, name, inner, since, state[i])
            else:
                y, carried = self.attention(inner, since, state[i])
            after.append(carried)
            x = x + q(y, steps[0]) @ p[name + "out"].t()
            squared = F.relu(q(norm(x), NORM_STEP) @ p[name + "up"].t()).float().square()
            x = x + q(squared, steps[1]) @ p[name + "down"].t()
            if watch is not None:
                watch(y, squared)
        x = q(norm(x), NORM_STEP)
        cap = lambda logits: CAP * torch.tanh(logits.float() / CAP)
        classes = cap(x @ p["class_rows"].t() + p["class_bias"][0])
        target_class = self.class_of[target]
        loss = F.cross_entropy(classes.flatten(0, 1), target_class.flatten())
        # All tokens' logits, then only those of the target's class: more arithmetic than is needed, in one product.
        tokens = cap(x @ p["token_rows"].t() + p["token_bias"][0])
        others = self.class_of != target_class.unsqueeze(-1)
        tokens = tokens.masked_fill(others, float("-inf"))
        return loss + F.cross_entropy(tokens.flatten(0, 1), target.flatten()), after

    def measure_steps(self, params, batch, state):
        """The steps of quantised activations that suit a batch, as best_step() of model/train chooses them."""
        steps = []

        def best(x):
            most = x.abs().max()
            if most == 0:
                return 1.0
            candidates = [float(most) / 127 * 0.84**i for i in range(24)]
            errors = [float((torch.clamp(torch.floor(x / s + 0.5), -127, 127) * s - x).square().sum()) for s in candidates]
            return candidates[errors.index(min(errors))]

        with torch.no_grad():
            self.loss(params, batch, state, lambda y, squared: steps.extend([best(y), best(squared)]))
        return steps

"""Recomputes the reference gradient of a run with numpy alone, one example at a time.

    bin/relaxon settle --network net.conf --out runs
    bin/relaxon network net.conf --json net.json
    python3 docs/scripts/gradient.py net.json runs/RUN/arrays.npz backprop

The last argument names the reference: backprop, or implicit for Hopfield energies. Activations are
tanh, relu, sigmoid or linear, the loss is half the squared distance. Prints the largest distance of an array rNAME
of the file from its recomputation, relative to the largest number of that array.
"""

import json
import sys

import numpy as np


def sigmoid(h):
    return 0.5 * (1.0 + np.tanh(0.5 * h))


# value and slope by name
ACTIVATIONS = {
    "linear": (lambda h: h, np.ones_like),
    "tanh": (np.tanh, lambda h: 1.0 - np.tanh(h) ** 2),
    "relu": (lambda h: np.maximum(h, 0.0), lambda h: np.where(h > 0.0, 1.0, 0.0)),
    "sigmoid": (sigmoid, lambda h: sigmoid(h) * (1.0 - sigmoid(h))),
}


class NotCovered(Exception):
    """A network that this script does not recompute."""


def slope(name, h):
    return ACTIVATIONS[name][1](h)


def rate(name, h):
    return ACTIVATIONS[name][0](h)


def fields(text):
    """{'filters': 2, ...} and the image (channels, height, width) of a convolution or pooling."""
    kind, _, rest = text.partition(":")
    parts = rest.split(",") if rest else []
    image = tuple(int(n) for n in parts[0].split("x")) if parts and "x" in parts[0] else None
    named = {k: int(v) for k, v in (p.split("=") for p in parts if "=" in p)}
    return kind, image, named


def synapses(connectivity, post, pre, presynaptic):
    """A list of (i, j, row, number): W[i, j] is stored in this row of numbers, or fixed if row < 0."""
    kind, image, named = fields(connectivity)
    if connectivity == "others:all-to-all":  # row i lacks i
        return [(i, k + (k >= i), i, k) for i in range(post) for k in range(pre - 1)]
    if kind == "others":
        kind = connectivity.split(":")[1]
    if kind == "identity":
        return [(i, i, -1, 1) for i in range(post)]
    if kind == "all-to-all":
        return [(i, j, i, j) for i in range(post) for j in range(pre)]
    if kind == "random":
        return [(i, int(j), i, k) for i in range(post) for k, j in enumerate(presynaptic[i])]
    channels, height, width = image
    out = []
    if kind == "average-pooling":
        size = named["size"]
        tall, wide = height // size, width // size
        for c in range(channels):
            for y in range(tall * size):
                for x in range(wide * size):
                    i = (c * tall + y // size) * wide + x // size
                    out.append((i, (c * height + y) * width + x, -1, size * size))
        return out
    if kind not in ("convolution", "transposed-convolution"):
        raise NotCovered("connectivity %s; those of docs/networks.md are covered" % connectivity)
    transposed = kind != "convolution"
    filters, kernel = named["filters"], named["kernel"]
    stride, padding = named.get("stride", 1), named.get("padding", 0)

    def side(n):
        if transposed:
            return (n - 1) * stride + kernel - 2 * padding
        return (n + 2 * padding - kernel) // stride + 1

    tall, wide = side(height), side(width)
    # the windows stand on the smaller image, the one after a convolution, before its transpose
    down, across = (height, width) if transposed else (tall, wide)
    for f, c in np.ndindex(filters, channels):
        for y, x, a, b in np.ndindex(down, across, kernel, kernel):
            v, u = y * stride - padding + a, x * stride - padding + b
            number = (c * kernel + a) * kernel + b
            if transposed and 0 <= v < tall and 0 <= u < wide:
                i, j = (f * tall + v) * wide + u, (c * height + y) * width + x
                out.append((i, j, f, number))
            elif not transposed and 0 <= v < height and 0 <= u < width:
                i, j = (f * tall + y) * wide + x, (c * height + v) * width + u
                out.append((i, j, f, number))
    return out


class Net:
    def __init__(self, net, arrays):
        self.populations = net["populations"]
        self.sizes = {p["name"]: p["size"] for p in self.populations}
        self.f = {p["name"]: p["activation"] for p in self.populations}
        for name in self.f.values():
            if name is not None and name not in ACTIVATIONS:
                known = ", ".join(ACTIVATIONS)
                raise NotCovered("activation %s; %s are covered" % (name, known))
        self.roles = {p["name"]: p["role"] for p in self.populations}
        self.bias = {n: arrays["b" + n] for n in self.sizes if "b" + n in arrays}
        self.projections = []
        self.owner = {e["name"]: e["weightsOf"] for e in net["projections"]}
        for e in net["projections"]:
            post, pre = self.sizes[e["to"]], self.sizes[e["from"]]
            listed = synapses(e["connectivity"], post, pre, arrays.get("j" + e["name"]))
            stored = arrays.get("W" + e["name"])
            w = np.zeros((post, pre))
            for i, j, row, number in listed:
                w[i, j] = e["scale"] * (1.0 / number if row < 0 else stored[row, number])
            self.projections.append((e["name"], e["from"], e["to"], w, listed, stored))
        self.scale = {e["name"]: e["scale"] for e in net["projections"]}

    def ends(self, role):
        return [p["name"] for p in self.populations if p["role"] == role]

    def rows(self, role, column):
        out, at = {}, 0
        for name in self.ends(role):
            out[name] = column[at : at + self.sizes[name]]
            at += self.sizes[name]
        return out

    def add(self, gradient, name, listed, stored, outer):
        for i, j, row, number in listed:
            if row >= 0:
                gradient["W" + name][row, number] += self.scale[name] * outer[i, j]

    def zeros(self):
        out = {"b" + n: np.zeros_like(b) for n, b in self.bias.items()}
        out.update({"W" + e[0]: np.zeros_like(e[5]) for e in self.projections if e[5] is not None})
        return out

    def summed(self, gradient):
        """The gradient of weights that several projections use is the sum over these."""
        out = dict(gradient)
        for name, owner in self.owner.items():
            alike = [n for n, o in self.owner.items() if o == owner and "W" + n in gradient]
            if "W" + name in gradient:
                out["W" + name] = sum(gradient["W" + n] for n in alike)
        return out

    def backprop(self, x0, target):
        upwards = list(self.sizes)
        for name, pre, post, _, _, _ in self.projections:
            if upwards.index(pre) >= upwards.index(post):
                raise NotCovered("backprop with the cycle that projection %s closes; take implicit" % name)
        x, h = self.rows("input", x0), {}
        for p in self.populations:
            n = p["name"]
            if n not in x:
                into = [w @ x[pre] for _, pre, post, w, _, _ in self.projections if post == n]
                h[n] = self.bias[n] + sum(into)
                x[n] = rate(self.f[n], h[n])
        goal, delta, gradient = self.rows("output", target), {}, self.zeros()
        for p in reversed(self.populations):
            n = p["name"]
            if n in h:
                above = [w.T @ delta[post] for _, pre, post, w, _, _ in self.projections if pre == n]
                error = sum(above) + (x[n] - goal[n] if n in goal else 0.0)
                delta[n] = slope(self.f[n], h[n]) * error
                gradient["b" + n] += delta[n]
        for name, pre, post, w, listed, stored in self.projections:
            self.add(gradient, name, listed, stored, np.outer(delta[post], x[pre]))
        return gradient

    def implicit(self, x0, target):
        free = [p["name"] for p in self.populations if p["role"] != "input"]
        offset = dict(zip(free, np.cumsum([0] + [self.sizes[n] for n in free])))
        part = {n: slice(offset[n], offset[n] + self.sizes[n]) for n in free}
        size = sum(self.sizes[n] for n in free)
        constant, coupling, x = np.zeros(size), np.zeros((size, size)), self.rows("input", x0)
        for n in free:
            constant[part[n]] += self.bias[n]
        for _, pre, post, w, _, _ in self.projections:
            if pre in x:
                constant[part[post]] += w @ x[pre]
            else:
                coupling[part[post], part[pre]] += w
                coupling[part[pre], part[post]] += w.T
        s = np.zeros(size)

        def each(of, h):
            return np.concatenate([of(self.f[n], h[part[n]]) for n in free])

        for k in range(3000):
            s = 0.5 * s + 0.5 * each(rate, constant + coupling @ s)
        for k in range(20):
            h = constant + coupling @ s
            jacobian = np.eye(size) - each(slope, h)[:, None] * coupling
            s = s - np.linalg.solve(jacobian, s - each(rate, h))
        h = constant + coupling @ s
        d = each(slope, h)
        pull = np.zeros(size)
        for n, t in self.rows("output", target).items():
            pull[part[n]] = s[part[n]] - t
        p = np.linalg.solve(np.eye(size) - d[:, None] * coupling, -d * pull)
        gradient = self.zeros()
        for n in free:
            gradient["b" + n] -= p[part[n]]
        for name, pre, post, w, listed, stored in self.projections:
            outer = np.outer(p[part[post]], x[pre] if pre in x else s[part[pre]])
            if pre not in x:
                outer = outer + np.outer(s[part[post]], p[part[pre]])
            self.add(gradient, name, listed, stored, -outer)
        return gradient


def main(net, arrays, reference):
    with open(net) as file:
        arrays = dict(np.load(arrays))
        network = Net(json.load(file), arrays)
    total = network.zeros()
    for c in range(arrays["x0"].shape[1]):
        one = getattr(network, reference)(arrays["x0"][:, c], arrays["target"][:, c])
        for name, values in one.items():
            total[name] += values
    worst = 0.0
    for name, values in network.summed(total).items():
        stated = arrays["r" + name]
        distance = np.abs(values - stated).max() / max(np.abs(stated).max(), 1e-300)
        print("%-12s %.3e" % (name, distance))
        worst = max(worst, distance)
    print("largest      %.3e" % worst)


if __name__ == "__main__":
    given = sys.argv[1:]
    if "--help" in given or "-h" in given:
        print(__doc__)
    elif len(given) != 3 or given[2] not in ("backprop", "implicit"):
        sys.exit(print(__doc__, file=sys.stderr) or 2)
    else:
        try:
            main(*given)
        except (NotCovered, OSError) as error:
            sys.exit(print("gradient.py: %s" % error, file=sys.stderr) or 2)

"""Peer of umap.ts: answers one JSON line for each JSON line that it is asked; numba's code is compiled before anything is timed."""
import json, sys, time, warnings
import numpy as np
import umap

warnings.filterwarnings("ignore")
forms = {"default": {}, "seeded": {"random_state": 1}}


def curved(rows, cols, seed):
    """Twelve groups of uneven size, each a bent sheet of 2 to 4 dimensions with a little noise."""
    draw = np.random.default_rng(seed)
    group = draw.choice(12, rows, p=draw.dirichlet(np.full(12, 2.0)))
    x = np.zeros((rows, cols), np.float32)
    for g in range(12):
        own = group == g
        wide = 2 + g % 3
        z = draw.normal(size=(own.sum(), wide))
        bends = np.stack([z[:, i] * z[:, j] for i in range(wide) for j in range(i, wide)], 1)
        flat = z @ draw.normal(size=(wide, cols)) + bends @ draw.normal(size=(bends.shape[1], cols)) / 2
        x[own] = flat + 2.5 * draw.normal(size=cols) + draw.normal(size=flat.shape) / 4
    return x


for line in sys.stdin:
    ask = json.loads(line)
    if ask["do"] == "warm":
        for form in forms.values():
            umap.UMAP(n_epochs=11, **form).fit(curved(5000, ask["cols"], 0))
        answer = {"version": umap.__version__}
    elif ask["do"] == "make":
        x = curved(ask["rows"], ask["cols"], ask["seed"])
        x.tofile(ask["path"])
        answer = {}
    else:
        begin = time.perf_counter()
        found = umap.UMAP(**forms[ask["form"]]).fit_transform(x)
        answer = {"ms": 1000 * (time.perf_counter() - begin)}
        found.astype(np.float32).tofile(ask["path"])
    print(json.dumps(answer), flush=True)

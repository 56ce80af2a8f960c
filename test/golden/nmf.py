"""Numbers for test/segments/nmf.test.ts made by scikit-learn 1.9: python3 test/golden/nmf.py > test/golden/nmf.json"""
import json
import numpy as np
from sklearn.decomposition import NMF

rng = np.random.default_rng(3)
h = rng.gamma(0.5, 1, (4, 12)); w = rng.gamma(0.4, 1, (120, 4))
x = np.round(rng.poisson(6 * w @ h) + 0.0, 3)
fits = []
for loss, solver, ours in [("frobenius", "cd", "squares"), ("kullback-leibler", "mu", "divergence")]:
    for k in (1, 2, 4, 6):
        best = None
        for init, seeds in [("nndsvda", [0]), ("random", range(12))]:
            for seed in seeds:
                fit = NMF(k, init=init, solver=solver, beta_loss=loss, tol=1e-9, max_iter=6000, random_state=seed).fit(x)
                if best is None or fit.reconstruction_err_ < best.reconstruction_err_: best = fit
        q = best.transform(x) @ best.components_
        kl = float(np.sum(np.where(x > 0, x * np.log(np.where(x > 0, x, 1) / q), 0) - x + q))
        fits.append({"loss": ours, "k": k, "error": float(np.linalg.norm(x - q) / np.linalg.norm(x)), "divergence": kl if ours == "divergence" else 0})
print(json.dumps({"x": x.tolist(), "fits": fits}))

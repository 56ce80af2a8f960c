"""Numbers for test/segments/mixture.test.ts made by scikit-learn 1.9: python3 test/golden/mixture.py > test/golden/mixture.json"""
import json
import numpy as np
from sklearn.mixture import GaussianMixture

rng = np.random.default_rng(5)
parts = []
for middle, spread, n in [((0, 0, 0), ((3, 0, 0), (2, 0.4, 0), (0, 0, 1)), 130), ((4, -3, 1), ((0.6, 0, 0), (0, 0.6, 0), (0, 0, 0.6)), 90), ((-3, 5, -1), ((1, 0, 0), (0.5, 1, 0), (0.2, 0, 0.5)), 80)]:
    parts.append(np.array(middle) + rng.normal(size=(n, 3)) @ np.array(spread).T)
x = np.round(np.concatenate(parts), 3).astype(np.float32).astype(float)
truth = np.repeat([0, 1, 2], [130, 90, 80])
names = {"full": "full", "tied": "tied", "diag": "diagonal", "spherical": "spherical"}


def best(k, shape):
    fits = [GaussianMixture(k, covariance_type=shape, n_init=n, init_params=init, tol=1e-9, max_iter=3000, reg_covar=1e-6 * x.var(0).mean(), random_state=0).fit(x) for init, n in [("kmeans", 3), ("random_from_data", 25)]]
    return max(fits, key=lambda fit: fit.score(x))


fits = []
for shape, ours in names.items():
    for k in range(1, 6):
        fit = best(k, shape)
        one = {"shape": ours, "k": k, "likelihood": fit.score(x), "bic": fit.bic(x)}
        if k == 3:
            p = fit.predict_proba(x)
            order = np.argsort(-np.bincount(p.argmax(1), minlength=3), kind="stable")
            cov = fit.covariances_
            one |= {"weights": fit.weights_[order].tolist(), "means": fit.means_[order].tolist(), "memberships": np.round(p[:40, order], 9).tolist(), "labels": fit.predict(x).tolist()}
        fits.append(one)
new = np.round(rng.uniform(-6, 6, (20, 3)), 2)
fit = best(3, "full")
order = np.argsort(-np.bincount(fit.predict(x), minlength=3), kind="stable")
print(json.dumps({"x": x.tolist(), "truth": truth.tolist(), "fits": fits, "new": {"x": new.tolist(), "memberships": fit.predict_proba(new)[:, order].tolist(), "densities": fit.score_samples(new).tolist()}}))

"""Flattening a panel of cloth: coordinates in its plane that keep lengths as well as can be."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import splu


def flatten(points: NDArray, triangles: NDArray, up: NDArray, rounds: int = 12) -> NDArray[np.float64]:
    """Return coordinates (n, 2) of an open surface in the plane, seen from outside, in the unit of its points.

    Starts from a conformal map and then makes triangles as rigid as possible. The mean of `up` (n,) over the surface
    rises along the second coordinate; the origin is where the plane has the surface's middle.

    Source: Levy et al., SIGGRAPH 2002 (least squares conformal maps); Liu et al., Computer Graphics Forum 27 (2008)
    1495 (local and global steps).
    """
    local = _in_their_planes(points, triangles)
    flat = _conformal(local, triangles, points)
    weights = _cotangents(local)
    n = len(points)
    rows = np.concatenate([triangles[:, k] for k in range(3)])
    ahead = np.concatenate([triangles[:, (k + 1) % 3] for k in range(3)])
    w = np.concatenate([weights[:, k] for k in range(3)])
    pairs = sparse.coo_matrix((w, (rows, ahead)), (n, n))
    pairs = pairs + pairs.T
    laplacian = sparse.diags(np.asarray(pairs.sum(1)).ravel()) - pairs
    solver = _factor(laplacian + 1e-9 * sparse.identity(n))
    sides = [local[:, (k + 1) % 3] - local[:, k] for k in range(3)]
    for _ in range(rounds):
        turned = np.einsum("ktj,tij->kti", np.array(sides), _rotations(flat, triangles, sides, weights))
        right = np.zeros((n, 2))
        for k in range(3):
            pull = weights[:, k, None] * turned[k]
            np.add.at(right, triangles[:, (k + 1) % 3], pull)
            np.add.at(right, triangles[:, k], -pull)
        flat = solver.solve(right)
        flat -= flat.mean(0)
    return _upright(flat, up)


def _in_their_planes(points: NDArray, triangles: NDArray) -> NDArray:
    """Return the corners (t, 3, 2) of each triangle in its own plane."""
    a, b, c = (points[triangles[:, k]] for k in range(3))
    length = np.linalg.norm(b - a, axis=1)
    along = (b - a) / length[:, None]
    x = ((c - a) * along).sum(1)
    y = np.linalg.norm(c - a - x[:, None] * along, axis=1)
    zero = np.zeros_like(x)
    return np.stack([np.stack([zero, zero], 1), np.stack([length, zero], 1), np.stack([x, y], 1)], 1)


def _cotangents(local: NDArray) -> NDArray:
    """Return half the cotangent (t, 3) opposite to the side from each corner to the next."""
    found = []
    for k in range(3):
        a, b, c = local[:, k], local[:, (k + 1) % 3], local[:, (k + 2) % 3]
        u, v = a - c, b - c
        cross = np.maximum(np.abs(u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0]), 1e-6)
        found.append(np.clip((u * v).sum(1) / cross, 0.02, 20) / 2)
    return np.stack(found, 1)


def _conformal(local: NDArray, triangles: NDArray, points: NDArray) -> NDArray:
    """Return the conformal map with the two vertices that are farthest apart along the longest axis pinned."""
    n, t = len(points), len(triangles)
    z = local[..., 0] + 1j * local[..., 1]
    area = np.sqrt(np.maximum((z[:, 1] * np.conj(z[:, 2])).imag * -1, 1e-9))
    rows = np.repeat(np.arange(t), 3)
    values = np.stack([z[:, 2] - z[:, 1], z[:, 0] - z[:, 2], z[:, 1] - z[:, 0]], 1) / area[:, None]
    system = sparse.csc_matrix((values.ravel(), (rows, triangles.ravel())), (t, n))
    axis = int(np.ptp(points, 0).argmax())
    pins = np.array([points[:, axis].argmin(), points[:, axis].argmax()])
    free = np.setdiff1d(np.arange(n), pins)
    fixed = np.array([0, np.linalg.norm(points[pins[1]] - points[pins[0]])], complex)
    normal = system[:, free].conj().T @ system[:, free]
    right = -(system[:, free].conj().T @ (system[:, pins] @ fixed))
    found = np.zeros(n, complex)
    found[pins] = fixed
    found[free] = _factor(normal).solve(right)
    return np.stack([found.real, found.imag], 1)


def _rotations(flat: NDArray, triangles: NDArray, sides: list[NDArray], weights: NDArray) -> NDArray:
    """Return the rotation (t, 2, 2) that best takes each triangle to where it lies in the map."""
    a, b = np.zeros(len(triangles)), np.zeros(len(triangles))
    for k in range(3):
        moved = flat[triangles[:, (k + 1) % 3]] - flat[triangles[:, k]]
        a += weights[:, k] * (sides[k] * moved).sum(1)
        b += weights[:, k] * (sides[k][:, 0] * moved[:, 1] - sides[k][:, 1] * moved[:, 0])
    length = np.maximum(np.hypot(a, b), 1e-12)
    c, s = a / length, b / length
    return np.stack([np.stack([c, -s], -1), np.stack([s, c], -1)], -2)


def _upright(flat: NDArray, up: NDArray) -> NDArray:
    """Return a map turned so that a value rises along its second coordinate."""
    centred = flat - flat.mean(0)
    slope = np.linalg.lstsq(centred, up - up.mean(), rcond=None)[0]
    slope = slope / np.linalg.norm(slope)
    return centred @ np.array([[slope[1], slope[0]], [-slope[0], slope[1]]])


def _factor(symmetric: Any) -> Any:
    return splu(sparse.csc_matrix(symmetric), permc_spec="MMD_AT_PLUS_A", options={"SymmetricMode": True})

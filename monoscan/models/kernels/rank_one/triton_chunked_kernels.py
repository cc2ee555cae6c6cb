# mypy: disable-error-code="no-untyped-def, untyped-decorator, no-untyped-call, unused-ignore"
# pyright: reportArgumentType=false, reportCallIssue=false, reportReturnType=false
# pyright: reportAssignmentType=false, reportOperatorIssue=false, reportOptionalOperand=false
# pyright: reportGeneralTypeIssues=false
# ruff: noqa: ANN001, ANN201, ANN202 (the arguments of a kernel are pointers and numbers of Triton)
"""The kernels of the chunked recurrence, in fp32; `triton_chunked.py` derives and starts them.

C sub-steps are a chunk, i and j count within it, and D(i, j) is the product of the gates after
sub-step j up to i: `reached` is D(i, 0), `earlier` D(i - 1, 0) and `to_end` D(C, j). The matrices
`until` and `before` hold D(i, j) for i >= j and D(i - 1, j) for i > j, and zeros elsewhere.
"""

from __future__ import annotations

import triton
import triton.language as tl


@triton.jit
def solve_kernel(
    w, a, b, paired, added, solved_rows, solved_values, steps, heads, keys, values, n_h,
    BACK: tl.constexpr, GATED: tl.constexpr,
    C: tl.constexpr, BK: tl.constexpr, BV: tl.constexpr,
):  # fmt: skip
    """The triangular system of one chunk, for all that does not depend on the state.

    Forward, `paired` is k and `added` is v; backward (BACK), q and the gradient of the outputs,
    which have one row a token.
    """
    n, h, begin = _place(steps, heads, C)
    first, rows, on = _rows(n, h, begin, steps, heads, n_h, C, False)
    pair_first, pair_rows, on_pairs = _rows(n, h, begin, steps, heads, n_h, C, BACK)
    until, before = _decays(w, n, h, begin, steps, heads, GATED, C)
    _, earlier, to_end = _borders(w, n, h, begin, steps, heads, GATED, C)
    strict = tl.zeros([C, C], tl.float32)
    pairs = tl.zeros([C, C], tl.float32)
    for block in range(tl.cdiv(keys, BK)):
        j = block * BK + tl.arange(0, BK)
        column = _load(a + first * keys, rows, on, j, keys)
        across = _load(b + first * keys, rows, on, j, keys)
        other = _load(paired + pair_first * keys, pair_rows, on_pairs, j, keys)
        strict = _add_product(column, tl.trans(across), strict)
        pairs = _add_product(across if BACK else column, tl.trans(other), pairs)
    inverse = _inverse(strict * before, C)
    if BACK:
        inverse = tl.trans(inverse)
        pairs *= tl.trans(until)
        own, scale = b, to_end
    else:
        pairs *= before
        own, scale = a, earlier
    for block in range(tl.cdiv(keys, BK)):
        j = block * BK + tl.arange(0, BK)
        mine = _load(own + first * keys, rows, on, j, keys) * scale[:, None]
        _store(solved_rows + first * keys, _product(inverse, mine), rows, on, j, keys)
    pairs = _product(inverse, pairs)
    for block in range(tl.cdiv(values, BV)):
        r = block * BV + tl.arange(0, BV)
        given = _load(added + pair_first * values, pair_rows, on_pairs, r, values)
        _store(solved_values + first * values, _product(pairs, given), rows, on, r, values)


@triton.jit
def walk_kernel(
    w, own, paired, added, solved_rows, solved_values, start, kept, final,
    steps, heads, keys, values, n_h,
    BACK: tl.constexpr, GATED: tl.constexpr,
    C: tl.constexpr, BK: tl.constexpr, WK: tl.constexpr, BV: tl.constexpr,
):  # fmt: skip
    """One head and one block of values, chunk by chunk: the only program with an order in time.

    Forward, `own` is b, `paired` k, `added` v, and the state walks; backward, they are a, q and the
    gradient of the outputs, and the gradient of the state walks. `solved_values` becomes e, or its
    gradient; `kept` the state (gradient) that each chunk is entered with.
    """
    n, h = tl.program_id(0) // heads, tl.program_id(0) % heads
    pair = tl.program_id(0).to(tl.int64)
    i, j = tl.arange(0, C), tl.arange(0, WK)
    r = tl.program_id(1) * BV + tl.arange(0, BV)
    on_values = r < values
    chunks = (steps + C - 1) // C
    size = values * keys
    state = _load(start + pair * size, r, on_values, j, keys)
    for number in range(chunks):
        chunk = chunks - 1 - number if BACK else number
        begin = chunk * C
        first, rows, on = _rows(n, h, begin, steps, heads, n_h, C, False)
        pair_first, pair_rows, on_pairs = _rows(n, h, begin, steps, heads, n_h, C, BACK)
        at = kept + (pair * chunks + chunk) * size
        _store(at, state, r, on_values, j, keys)
        # What one thread wrote is read by another: a product over all keys at once would spill.
        tl.debug_barrier()
        erased = _load(solved_values + first * values, rows, on, r, values)
        for block in range(tl.cdiv(keys, BK)):
            some = block * BK + tl.arange(0, BK)
            solved = _load(solved_rows + first * keys, rows, on, some, keys)
            before = _load(at, r, on_values, some, keys)
            erased = _add_product(solved, tl.trans(before), erased)
        _store(solved_values + first * values, erased, rows, on, r, values)
        mine = _load(own + first * keys, rows, on, j, keys)
        other = _load(paired + pair_first * keys, pair_rows, on_pairs, j, keys)
        given = _load(added + pair_first * values, pair_rows, on_pairs, r, values)
        if GATED:
            reached, earlier, to_end = _borders(w, n, h, begin, steps, heads, GATED, C)
            state *= tl.sum(tl.where(i == C - 1, reached, 0.0), 0)
            mine *= (earlier if BACK else to_end)[:, None]
            other *= (reached if BACK else to_end)[:, None]
        state = _add_product(tl.trans(erased), mine, state)
        state = _add_product(tl.trans(given), other, state)
    _store(final + pair * size, state, r, on_values, j, keys)


@triton.jit
def read_kernel(
    w, left, own, erased, paired, added, kept, results, steps, heads, keys, values, n_h,
    BACK: tl.constexpr, GATED: tl.constexpr,
    C: tl.constexpr, BK: tl.constexpr, BV: tl.constexpr,
):  # fmt: skip
    """Forward, the outputs of one chunk and one block of values; backward, the gradient of v.

    Forward, `left` is q, `own` b, `paired` k and `added` v; backward, k, a, q and the gradient of
    the outputs.
    """
    n, h, begin = _place(steps, heads, C)
    r = tl.program_id(1) * BV + tl.arange(0, BV)
    first, rows, on = _rows(n, h, begin, steps, heads, n_h, C, False)
    left_first, left_rows, on_left = _rows(n, h, begin, steps, heads, n_h, C, not BACK)
    pair_first, pair_rows, on_pairs = _rows(n, h, begin, steps, heads, n_h, C, BACK)
    until, before = _decays(w, n, h, begin, steps, heads, GATED, C)
    reached, _, to_end = _borders(w, n, h, begin, steps, heads, GATED, C)
    own_pairs = tl.zeros([C, C], tl.float32)
    other_pairs = tl.zeros([C, C], tl.float32)
    result = tl.zeros([C, BV], tl.float32)
    state = _kept(kept, keys, values)
    for block in range(tl.cdiv(keys, BK)):
        j = block * BK + tl.arange(0, BK)
        x = _load(left + left_first * keys, left_rows, on_left, j, keys)
        mine = _load(own + first * keys, rows, on, j, keys)
        other = _load(paired + pair_first * keys, pair_rows, on_pairs, j, keys)
        own_pairs = _add_product(x, tl.trans(mine), own_pairs)
        other_pairs = _add_product(x, tl.trans(other), other_pairs)
        result = _add_product(x, tl.trans(_load(state, r, r < values, j, keys)), result)
    result *= (to_end if BACK else reached)[:, None]
    own_pairs *= tl.trans(before) if BACK else until
    other_pairs *= tl.trans(until) if BACK else until
    x = _load(erased + first * values, rows, on, r, values)
    result = _add_product(own_pairs, x, result)
    x = _load(added + pair_first * values, pair_rows, on_pairs, r, values)
    result = _add_product(other_pairs, x, result)
    _store(results + left_first * values, result, left_rows, on_left, r, values)


@triton.jit
def gradients_kernel(
    w, a, b, v, k, q, erased, kept, d_outputs, d_erased, d_kept, d_w, d_a, d_b, d_k, d_q,
    steps, heads, keys, values, n_h,
    GATED: tl.constexpr, C: tl.constexpr, BK: tl.constexpr, BV: tl.constexpr,
):  # fmt: skip
    """Gradients of w, a, b, k and q in one chunk, once e and the states are known both ways."""
    n, h, begin = _place(steps, heads, C)
    first, rows, on = _rows(n, h, begin, steps, heads, n_h, C, False)
    read_first, read_rows, on_read = _rows(n, h, begin, steps, heads, n_h, C, True)
    erased, v, d_erased = erased + first * values, v + first * values, d_erased + first * values
    d_outputs += read_first * values
    a, b, k, q = a + first * keys, b + first * keys, k + first * keys, q + read_first * keys
    d_a, d_b, d_k, d_q = (
        d_a + first * keys, d_b + first * keys, d_k + first * keys, d_q + read_first * keys
    )  # fmt: skip
    state, d_state = _kept(kept, keys, values), _kept(d_kept, keys, values)
    d_ab, d_ak = _pair_gradients(d_erased, rows, on, erased, v, rows, on, values, C, BV)
    d_qb, d_qk = _pair_gradients(d_outputs, read_rows, on_read, erased, v, rows, on, values, C, BV)
    until, before = _decays(w, n, h, begin, steps, heads, GATED, C)
    reached, earlier, to_end = _borders(w, n, h, begin, steps, heads, GATED, C)
    if GATED:
        # w_m is a factor of D(i, m - 1) and D(m - 1, j), so its gradient sums over i >= m > j.
        reads = tl.zeros([C, C], tl.float32)
        erases = tl.zeros([C, C], tl.float32)
        for block in range(tl.cdiv(keys, BK)):
            j = block * BK + tl.arange(0, BK)
            column = _load(a, rows, on, j, keys)
            query = _load(q, read_rows, on_read, j, keys)
            across = tl.trans(_load(b, rows, on, j, keys))
            key = tl.trans(_load(k, rows, on, j, keys))
            reads += d_qb * _product(query, across) + d_qk * _product(query, key)
            erases += d_ab * _product(column, across) + d_ak * _product(column, key)
        inner = _product(tl.trans(until), reads)
        inner = _add_product(tl.trans(before), erases, inner)
        d_gate = tl.sum(inner * before, 1)
        from_start = tl.zeros([C], tl.float32)
        at_end = tl.zeros([C], tl.float32)
    d_ab, d_ak, d_qb, d_qk = d_ab * before, d_ak * before, d_qb * until, d_qk * until

    for block in range(tl.cdiv(keys, BK)):
        j = block * BK + tl.arange(0, BK)
        column = _load(a, rows, on, j, keys)
        across = _load(b, rows, on, j, keys)
        key = _load(k, rows, on, j, keys)
        query = _load(q, read_rows, on_read, j, keys)
        grad = _through(d_erased, rows, on, state, j, keys, values, C, BK, BV)
        if GATED:
            from_start += tl.sum(before * tl.sum(grad * column, 1)[:, None], 0)
            grad *= earlier[:, None]
        grad = _add_product(d_ab, across, _add_product(d_ak, key, grad))
        _store(d_a, grad, rows, on, j, keys)
        grad = _through(d_outputs, read_rows, on_read, state, j, keys, values, C, BK, BV)
        if GATED:
            from_start += tl.sum(until * tl.sum(grad * query, 1)[:, None], 0)
            grad *= reached[:, None]
        grad = _add_product(d_qb, across, _add_product(d_qk, key, grad))
        _store(d_q, grad, read_rows, on_read, j, keys)
        grad = _through(erased, rows, on, d_state, j, keys, values, C, BK, BV)
        if GATED:
            at_end += tl.sum(grad * across, 1)
            grad *= to_end[:, None]
        grad = _add_product(tl.trans(d_ab), column, _add_product(tl.trans(d_qb), query, grad))
        _store(d_b, grad, rows, on, j, keys)
        grad = _through(v, rows, on, d_state, j, keys, values, C, BK, BV)
        if GATED:
            at_end += tl.sum(grad * key, 1)
            grad *= to_end[:, None]
        grad = _add_product(tl.trans(d_ak), column, _add_product(tl.trans(d_qk), query, grad))
        _store(d_k, grad, rows, on, j, keys)
    if GATED:
        whole = _inner_product(state, d_state, keys, values, BK, BV)
        d_gate += earlier * (from_start + to_end * whole)
        d_gate += to_end * tl.sum(before * at_end[None, :], 1)
        tl.store(d_w + first + rows, d_gate, mask=on)


@triton.jit
def _pair_gradients(
    left, left_rows, on_left, erased, v, rows, on, values, C: tl.constexpr, BV: tl.constexpr
):
    """The matrices x e^T and x v^T for the rows of x, a gradient of e or of the outputs."""
    with_erased = tl.zeros([C, C], tl.float32)
    with_values = tl.zeros([C, C], tl.float32)
    for block in range(tl.cdiv(values, BV)):
        r = block * BV + tl.arange(0, BV)
        x = _load(left, left_rows, on_left, r, values)
        with_erased = _add_product(x, tl.trans(_load(erased, rows, on, r, values)), with_erased)
        with_values = _add_product(x, tl.trans(_load(v, rows, on, r, values)), with_values)
    return with_erased, with_values


@triton.jit
def _through(
    x, rows, on, state, j, keys, values,
    C: tl.constexpr, BK: tl.constexpr, BV: tl.constexpr,
):  # fmt: skip
    """Columns j of x S, for the rows of x, (C, V), and a state, (V, K)."""
    total = tl.zeros([C, BK], tl.float32)
    for block in range(tl.cdiv(values, BV)):
        r = block * BV + tl.arange(0, BV)
        left = _load(x, rows, on, r, values)
        total = _add_product(left, _load(state, r, r < values, j, keys), total)
    return total


@triton.jit
def _inner_product(x, y, keys, values, BK: tl.constexpr, BV: tl.constexpr):
    """The sum of the products of the entries of two states."""
    total = tl.zeros([BV, BK], tl.float32)
    for row_block in range(tl.cdiv(values, BV)):
        r = row_block * BV + tl.arange(0, BV)
        for block in range(tl.cdiv(keys, BK)):
            j = block * BK + tl.arange(0, BK)
            total += _load(x, r, r < values, j, keys) * _load(y, r, r < values, j, keys)
    return tl.sum(tl.sum(total, 1), 0)


@triton.jit
def _inverse(strict, C: tl.constexpr):
    """(I - strict)^-1 for a strictly lower triangular matrix, by forward substitution.

    At step s row s is finished, and leaves the rows below. The doubling
    (I + N)(I + N^2)(I + N^4)... would explode for beta in (1, 2] with repeated keys.
    """
    row, column = tl.arange(0, C)[:, None], tl.arange(0, C)[None, :]
    inverse = tl.where(row == column, 1.0, 0.0)
    for s in range(C - 1):
        finished = tl.sum(tl.where(row == s, inverse, 0.0), 0)
        factors = tl.sum(tl.where(column == s, strict, 0.0), 1)
        inverse += factors[:, None] * finished[None, :]
    return inverse


@triton.jit
def _decays(w, n, h, begin, steps, heads, GATED: tl.constexpr, C: tl.constexpr):
    """The matrices `until` and `before`; products only, so that gates may be zero or negative."""
    i = tl.arange(0, C)
    row, column = i[:, None], i[None, :]
    until = tl.where(row >= column, 1.0, 0.0)
    before = tl.where(row > column, 1.0, 0.0)
    if GATED:
        gate = _gates(w, n, h, begin, i, steps, heads, C)[:, None]
        last = _gates(w, n, h, begin, i - 1, steps, heads, C)[:, None]
        until *= tl.cumprod(tl.where(row > column, gate, 1.0), 0)
        before *= tl.cumprod(tl.where(row > column + 1, last, 1.0), 0)
    return until, before


@triton.jit
def _borders(w, n, h, begin, steps, heads, GATED: tl.constexpr, C: tl.constexpr):
    """The vectors `reached`, `earlier` and `to_end`."""
    i = tl.arange(0, C)
    reached = tl.full([C], 1.0, tl.float32)
    earlier, to_end = reached, reached
    if GATED:
        reached = tl.cumprod(_gates(w, n, h, begin, i, steps, heads, C), 0)
        earlier = tl.cumprod(_gates(w, n, h, begin, i - 1, steps, heads, C), 0)
        to_end = tl.cumprod(_gates(w, n, h, begin, i + 1, steps, heads, C), 0, reverse=True)
    return reached, earlier, to_end


@triton.jit
def _gates(w, n, h, begin, i, steps, heads, C: tl.constexpr):
    """The gates of sub-steps i of a chunk, and 1 outside it and after the end."""
    first = (n.to(tl.int64) * steps + begin) * heads + h
    return tl.load(w + first + i * heads, mask=(i >= 0) & (i < C) & (begin + i < steps), other=1.0)


@triton.jit
def _place(steps, heads, C: tl.constexpr):
    """Sequence, head and first sub-step of a program of one chunk."""
    chunks = (steps + C - 1) // C
    pair = tl.program_id(0) // chunks
    return pair // heads, pair % heads, tl.program_id(0) % chunks * C


@triton.jit
def _rows(n, h, begin, steps, heads, n_h, C: tl.constexpr, TOKENS: tl.constexpr):
    """First row of a chunk, the others relative to it, and which exist.

    With TOKENS, for tensors with one row a token: it belongs to the last of its n_h sub-steps.
    """
    # Only sums and products in 64 bits: a 64-bit division would be a call with a stack.
    t = begin + tl.arange(0, C)
    if TOKENS:
        token = begin // n_h
        first = (n.to(tl.int64) * (steps // n_h) + token) * heads + h
        rows = (t // n_h - token) * heads
        on = (t < steps) & (t % n_h == n_h - 1)
    else:
        first = (n.to(tl.int64) * steps + begin) * heads + h
        rows = (t - begin) * heads
        on = t < steps
    return first, rows, on


@triton.jit
def _kept(kept, keys, values):
    """Where the state of a program of one chunk is."""
    return kept + tl.program_id(0).to(tl.int64) * values * keys


@triton.jit
def _product(x, y):
    """The matrix product in fp32; the default would round the factors to 10 bits."""
    return tl.dot(x, y, input_precision="ieee")


@triton.jit
def _add_product(x, y, total):
    return tl.dot(x, y, total, input_precision="ieee")


@triton.jit
def _load(tensor, rows, on_rows, columns, width):
    """A tile of a tensor with rows of `width`; zero where there is nothing."""
    at = rows[:, None] * width + columns[None, :]
    return tl.load(tensor + at, mask=on_rows[:, None] & (columns < width)[None, :], other=0.0)


@triton.jit
def _store(tensor, tile, rows, on_rows, columns, width):
    at = rows[:, None] * width + columns[None, :]
    tl.store(tensor + at, tile, mask=on_rows[:, None] & (columns < width)[None, :])

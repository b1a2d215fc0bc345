-- name: append
select audit.append(%(action)s, %(subject)s, %(detail)s)

-- name: first_broken
select min(seq)
from audit.broken_link

-- name: head
select
    seq,
    encode(hash, 'hex')
from audit.log
order by seq desc
limit 1

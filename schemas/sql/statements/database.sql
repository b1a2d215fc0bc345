-- name: session
select
    set_config('timezone', 'UTC', false),
    set_config('client_min_messages', 'warning', false),
    set_config('search_path', 'public', false),
    set_config('idle_in_transaction_session_timeout', %(idle)s, false)

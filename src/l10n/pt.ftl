# Every sentence that a person reads, in European Portuguese. An entry begins at the start of a line and ends before the next
# entry; its other lines are indented. An entry may refer to terms and other entries: `{ -line-number }`, `{ customer-line }`.

### Dates and times, in Lisbon time

date-words = { $day } de { $month ->
        [1] janeiro
        [2] fevereiro
        [3] março
        [4] abril
        [5] maio
        [6] junho
        [7] julho
        [8] agosto
        [9] setembro
        [10] outubro
        [11] novembro
       *[12] dezembro
    } de { $year }
date-digits = { $dd }/{ $mm }/{ $year }
time-words = { $time } de { $date }
time-digits = { $date } { $time }
amount-words = { $euros },{ $cents } €
amount-words-thousands = { $thousands } { $euros },{ $cents } €
amount-digits = { $euros },{ $cents } EUR

### Results of requests

done-init = { $sandbox ->
        [yes] Foi criada uma base de ensaio em { $path }. O relógio marca { $now } (hora de Lisboa). Nada nela é secreto: quem conhece a semente conhece os códigos.
       *[no] Foi criada uma base de dados em { $path }, com o seu ficheiro de chave. Guarde uma cópia de cada um, em locais separados.
    }
done-template = { $count ->
    [one] O formulário foi escrito.
   *[other] Foram escritos { $count } formulários.
  }
done-man = { $count ->
    [one] Foi escrita uma página do manual.
   *[other] Foram escritas { $count } páginas do manual.
  }
done-registry_import = { $dry_run ->
        [yes] Linhas lidas: { $read }. Válidas: { $loaded }. Inválidas: { $rejected }. Nada foi carregado (simulação).
       *[no] Linhas lidas: { $read }. Carregadas: { $loaded }. Rejeitadas: { $rejected }.
    }
done-registry_import-gaps = { $without_nif ->
        [0] {""}
       *[other] {" "}Sem NIF: { $without_nif }.
    }{ $without_civil_id ->
        [0] {""}
       *[other] {" "}Sem identificação civil: { $without_civil_id }.
    }{ $without_channel ->
        [0] {""}
       *[other] {" "}Sem forma de enviar um código: { $without_channel }.
    }
done-batch = { $dry_run ->
        [yes] Linhas: { $lines }. Seriam feitas: { $done }, recusadas: { $refused }, inválidas: { $malformed }. Nada foi alterado (simulação).
       *[no] Linhas: { $lines }. Feitas: { $done }, recusadas: { $refused }, inválidas: { $malformed }.
    }
done-batch_forget = { $lines ->
        [0] Nenhuma linha foi feita com o nome { $name }.
        [one] Foi esquecida { $lines } linha de { $name }. Pode voltar a ser feita.
       *[other] Foram esquecidas { $lines } linhas de { $name }. Podem voltar a ser feitas.
    }
done-registry_count = Fichas: { $records }. Pessoas singulares: { $citizens }, entidades empregadoras: { $employers }, pessoas coletivas: { $companies }. Falecidos ou sem atividade: { $inactive }.
done-register = { $channel ->
        [letter] O pedido de acesso foi efetuado. O código de verificação segue por carta para a morada { $destination }. Deverá chegar até { $letter_expected_on } e é válido até às { $code_expires_at }.
        [email] O pedido de acesso foi efetuado. O código de verificação foi enviado por e-mail para { $destination } e é válido até às { $code_expires_at }.
       *[sms] O pedido de acesso foi efetuado. O código de verificação foi enviado por SMS para { $destination } e é válido até às { $code_expires_at }.
    }
done-register-opened = A conta está ativa, sem palavra-passe: pode iniciar sessão com a Chave Móvel Digital.
reached-identity = Os dados correspondem aos que constam no sistema da Segurança Social.
reached-channels = O código pode ser enviado por:
reached-code = O código está correto. Ainda não foi utilizado.
done-activate = A conta está ativa: pode iniciar sessão com o seu NISS e a sua palavra-passe.
done-login = { $channel ->
        [email] O código de verificação para iniciar sessão foi enviado por e-mail para { $destination } e é válido até às { $code_expires_at }. Para continuar: ssd login { $niss } --password-stdin --code CÓDIGO
       *[sms] O código de verificação para iniciar sessão foi enviado por SMS para { $destination } e é válido até às { $code_expires_at }. Para continuar: ssd login { $niss } --password-stdin --code CÓDIGO
    }
done-logout = A sessão terminou.
done-recover_request = { $channel ->
        [email] O código de verificação para definir uma nova palavra-passe foi enviado por e-mail para { $destination } e é válido até às { $code_expires_at }.
       *[sms] O código de verificação para definir uma nova palavra-passe foi enviado por SMS para { $destination } e é válido até às { $code_expires_at }.
    }
done-second_factor_enrol = { $channel ->
        [email] O código para iniciar sessão foi enviado por e-mail para { $destination } e é válido até às { $code_expires_at }.
        [letter] O código para iniciar sessão foi enviado por carta para { $destination }. Deve chegar até { $letter_expected_on } e é válido até às { $code_expires_at }.
       *[sms] O código para iniciar sessão foi enviado por SMS para { $destination } e é válido até às { $code_expires_at }.
    }
done-recover_confirm = A nova palavra-passe foi definida. Todas as sessões foram terminadas. Já pode iniciar sessão.
done-password_change = A nova palavra-passe foi definida. Todas as outras sessões foram terminadas.
done-session_end = { $count ->
        [0] Não havia outra sessão.
        [one] A sessão foi terminada.
       *[other] Foram terminadas { $count } sessões.
    }
done-phone_code_remove = O código de segurança foi removido. O atendimento telefónico já não o pode identificar.
done-phone_code_set = O código de segurança foi definido.
done-phone_code_change = O código de segurança foi alterado.
done-phone_code_verify = O código de segurança está correto.
done-contacts_update = Os seus contactos foram alterados.
done-contacts_confirm = { $channel ->
        [email] O endereço de e-mail { $destination } foi confirmado.
       *[sms] O telemóvel { $destination } foi confirmado.
    }
done-contacts_remove = Contactos removidos: { $removed }.
done-alerts_set = { $alerts ->
        [email] Os alertas passam a ser enviados por e-mail.
        [sms] Os alertas passam a ser enviados por SMS.
       *[none] Não serão enviados alertas.
    }
done-account_unlock = { $count ->
        [0] Não havia bloqueios a levantar.
       *[other] Bloqueios levantados: { $lifted }.
    }
done-account_suspend = A conta foi suspensa.
done-account_resume = { $state ->
        [active] A suspensão foi levantada. A conta está novamente ativa.
       *[requested] A suspensão foi levantada. A conta ainda tem de ser ativada.
    }
done-account_reset = { $channel ->
        [letter] A conta foi reiniciada. O código de verificação segue por carta para a morada { $destination }. Deverá chegar até { $letter_expected_on } e é válido até às { $code_expires_at }.
        [email] A conta foi reiniciada. O código de verificação foi enviado por e-mail para { $destination } e é válido até às { $code_expires_at }.
       *[sms] A conta foi reiniciada. O código de verificação foi enviado por SMS para { $destination } e é válido até às { $code_expires_at }.
    }
done-account_close = A conta foi encerrada.
done-account_erase = Os dados desta pessoa foram apagados. As entradas de auditoria deixaram de estar ligadas a ela.
done-cmd_enrol = A Chave Móvel Digital foi ativada no fornecedor de autenticação. Os códigos são enviados para { $destination }.
done-cmd_revoke = A Chave Móvel Digital foi cancelada no fornecedor de autenticação.
done-report = O relatório foi escrito em { $file }. Entradas de auditoria: { $entries }.
done-messages_calendar = { $count ->
        [0] Não há pagamentos, por isso não foi escrito nenhum calendário.
        [one] O pagamento foi escrito em { $file }.
       *[other] { $count } pagamentos foram escritos em { $file }.
    }
done-account_timeline = A página foi escrita em { $file }. Acontecimentos: { $events }. A página tem dados pessoais: proteja-a como a base de dados.
done-policy_set = { $key } passa a ser { $value }. Aplica-se ao que for emitido a partir de agora.
done-clock_show = Em Lisboa são { $now } ({ $utc }).
done-clock_advance = Em Lisboa são { $now } ({ $utc }).
done-clock_set = Em Lisboa são { $now } ({ $utc }).
done-store_check = { $not_compared ->
        [0] A base de dados está íntegra e corresponde ao seu registo de auditoria.
       *[other] A base de dados está íntegra e corresponde ao seu registo de auditoria. Linhas anteriores à versão 5, não comparadas: { $not_compared }
    }
done-audit_verify = O registo de auditoria está íntegro. Entradas verificadas: { $entries }. Âncora da última entrada: { $anchor }
done-scenario_run = { $count ->
        [0] { $file }: sem diferenças; linhas: { $lines }.
        [one] { $file }: uma diferença; linhas: { $lines }.
       *[other] { $file }: { $count } diferenças; linhas: { $lines }.
    }
done-conform = Requisitos: { $rows }. Cumpridos: { $passed }, desvios: { $deviating }, não verificados: { $not_run }, não cumpridos: { $failed }.
done-store_rekey = A base de dados tem um novo ficheiro de chave, { $file }. O ficheiro antigo só abre as cópias anteriores.
restored-empty = A base de dados { $file } foi reposta a partir de { $backup }, que não tem entradas de auditoria.
restored-until = A base de dados { $file } foi reposta a partir de { $backup }, com todas as alterações até ao pedido { $entry } (às { $at }). Sessões terminadas: { $sessions }, chamadas terminadas: { $calls }, códigos substituídos: { $codes }.
restored-key = O novo ficheiro de chave é { $key_file }.
restored-previous = A base de dados anterior está agora em { $previous }.
restored-previous_key = O ficheiro de chave anterior está agora em { $previous_key }.
restored-anchors = As âncoras do registo de auditoria obtidas depois desse pedido deixam de conferir: obtenha uma nova com ssd audit head.
done-store_clock_reset = A base de dados está agora em { $now }; estava em { $from }. Sessões terminadas: { $sessions }, chamadas terminadas: { $calls }, códigos substituídos: { $codes }, bloqueios terminados: { $lockouts }.
done-outbox_print = { $letters ->
        [0] { $earlier ->
                [none] Não há cartas por imprimir.
               *[other] Não há cartas por imprimir. { $file } tem as do pedido { $earlier }, cuja impressão foi concluída.
            }
       *[other] Cartas: { $letters }, páginas: { $pages }, em { $file }.
    }
done-outbox_export = E-mails: { $emails }, em { $folder }. Já existiam: { $existing }.
demo-files = Escrito em { $folder }:
demo-data-personas-csv = os 16 titulares inventados dos guias
demo-data-registry-csv = mais 2200 titulares inventados
demo-data-requests-csv = um lote de registos
demo-data-alerts-csv = alertas para `ssd alerts send`
demo-scenarios-first-registration-jsonl = um cenário: do registo ao primeiro início de sessão
demo-scenarios-login-lock-jsonl = um cenário: inícios de sessão falhados e o bloqueio
demo-try = Nessa pasta, experimente:
done-store_backup = A base de dados foi copiada para { $file }. A cópia não inclui o ficheiro de chave. Se a base de dados tiver um, guarde-o também, em local separado.

### Messages that did not arrive

row-undelivered = { $channel ->
        [letter] A carta { $id } ({ $purpose }) foi devolvida às { $at }.{ $invalidated ->
                [yes] { " " }O código que continha deixou de ser válido.
               *[no] { "" }
            }
        [email] O e-mail { $id } ({ $purpose }) não foi entregue; registado às { $at }.{ $invalidated ->
                [yes] { " " }O código que continha deixou de ser válido.
               *[no] { "" }
            }
       *[sms] O SMS { $id } ({ $purpose }) não foi entregue; registado às { $at }.{ $invalidated ->
                [yes] { " " }O código que continha deixou de ser válido.
               *[no] { "" }
            }
    }
undelivered-ask = O titular pode pedir outro código por outro canal ({ $channels }): { $command }
undelivered-correct-and-ask = Corrija o contacto ou a morada: ssd registry import. Depois, o titular pode pedir outro código: { $command }
undelivered-correct = Corrija o contacto ou a morada: ssd registry import.

### Rows of lists

row-sent = { $channel ->
        [email] O código de verificação foi enviado por e-mail para { $destination } e é válido até às { $code_expires_at }.
       *[sms] O código de verificação foi enviado por SMS para { $destination } e é válido até às { $code_expires_at }.
    }
row-sent-cmd = O código temporário foi enviado por SMS para { $destination } e é válido até às { $code_expires_at }.
row-alerts-waiting = { $alerts }, à espera { $kind ->
    [email] de um e-mail fidelizado
   *[mobile] de um telemóvel fidelizado
  }
row-contact-none = { $kind }: nenhum
row-contact-plain = { $kind }: { $value }
row-contact-unconfirmed = { $kind }: { $value }, por confirmar
row-contact-confirmed = { $kind }: { $value }, confirmado às { $confirmed_at }
row-contact-next = { $row }: { $command }
row-contact-proposed = { $kind }, proposto: { $proposed }, por confirmar
row-block = { $what }, até o bloqueio ser levantado ou substituído
row-block-until = { $what }, até às { $until }
row-of = { $count } de { $limit }
row-lifted = quando o bloqueio for levantado ou substituído
row-history = { $outcome ->
        [done] { $at }: { $action } (feito por { $actor }, pedido { $id })
       *[refused] { $at }: { $action } (recusado[{ $reason }], por { $actor }, pedido { $id })
    }
row-difference = { $place }: { $path }: esperado { $expected }, obtido { $actual }
row-difference-reply = { $place }: esperado { $expected }, obtido { $actual }
row-scenario-not-run = { $file }: não executado.
row-setting = { $key } = { $value } (por omissão { $default }, mínimo { $least }, máximo { $most })

### The timeline of an account: events, names of requests, states, and subjects of messages

event-request = { $what }
event-refusal = { $what }: recusado[{ $outcome }]
event-reading = { $what }
event-state = Estado: { $what }
event-code = { $outcome ->
        [open] Código por { $channel ->
            [email] e-mail
            [sms] SMS
           *[letter] carta
        }: { $what }; válido até às { $until }
        [used] Código por { $channel ->
            [email] e-mail
            [sms] SMS
           *[letter] carta
        }: { $what }; válido até às { $until }, utilizado
        [expired] Código por { $channel ->
            [email] e-mail
            [sms] SMS
           *[letter] carta
        }: { $what }; válido até às { $until }, nunca utilizado
       *[superseded] Código por { $channel ->
            [email] e-mail
            [sms] SMS
           *[letter] carta
        }: { $what }; válido até às { $until }, substituído
    }
event-message = { $channel ->
        [email] E-mail para { $to }: { $what }
        [sms] SMS para { $to }: { $what }
       *[letter] Carta para { $to }: { $what }
    }
event-dispatch = Carta para { $to } impressa: { $what }
event-delivery = { $channel ->
        [email] E-mail para { $to } não entregue: { $what }
        [sms] SMS para { $to } não entregue: { $what }
       *[letter] Carta para { $to } devolvida: { $what }
    }
event-delivery-changed = { $outcome ->
        [returned] Mensagem devolvida: { $id }
        [failed] Mensagem não entregue: { $id }
       *[other] Mensagem { $outcome }: { $id }
    }
event-block = { $outcome ->
        [lifted] Fim do bloqueio: { $what }
       *[set] Bloqueio: { $what }, até ser levantado ou substituído
    }
event-block-until = Bloqueio: { $what }, até às { $until }
event-code-changed = { $outcome ->
        [open] Código emitido: { $what }
        [used] Código utilizado: { $what }
       *[superseded] Código substituído: { $what }
    }
event-by = ({ $actor }, pedido { $id })
name-of-a-step = { $name } (avaliação parcial)
deed-register = Registo
deed-activate = Ativação
deed-login = Início de sessão
deed-logout = Fim de sessão
deed-second_factor_enrol = Código para iniciar sessão sem contacto fidelizado
deed-recover_request = Pedido de recuperação
deed-recover_confirm = Nova palavra-passe por recuperação
deed-password_change = Alteração da palavra-passe
deed-session_list = Consulta das sessões
deed-session_end = Fim de outras sessões
deed-phone_code_remove = Remoção do código de segurança
deed-phone_code_set = Definição do código de segurança
deed-phone_code_change = Alteração do código de segurança
deed-phone_code_verify = Verificação do código de segurança
deed-contacts_show = Consulta dos contactos
deed-contacts_update = Alteração de contactos
deed-contacts_confirm = Confirmação de um contacto
deed-contacts_remove = Remoção de um contacto
deed-alerts_set = Escolha dos alertas
deed-cmd_enrol = Chave Móvel Digital ativada no fornecedor de autenticação
deed-cmd_revoke = Chave Móvel Digital cancelada no fornecedor de autenticação
deed-phone_line = Chamada para o atendimento telefónico
deed-phone_line_payments = Pagamentos indicados ao telefone
deed-phone_line_whoami = Consulta da identificação da chamada
deed-alerts_send = Alerta
deed-messages_calendar = Exportação dos pagamentos para um calendário
deed-messages_list = Consulta das mensagens
deed-messages_show = Mensagem lida pelo titular
deed-profile_show = Consulta dos dados de identificação
deed-outbox_list = Mensagens lidas por um operador
deed-outbox_show = Mensagem lida por um operador
deed-outbox_code = Código lido por um operador
deed-outbox_wait = Mensagem lida por um operador
deed-outbox_print = Cartas impressas por um operador
deed-outbox_returned = Carta devolvida pelos correios
deed-outbox_failed = E-mail ou SMS não entregue
deed-outbox_export = E-mails exportados por um operador
deed-account_unlock = Bloqueios levantados por um operador
deed-account_suspend = Suspensão da conta por um operador
deed-account_resume = Levantamento da suspensão por um operador
deed-account_reset = Reinício da conta por um operador
deed-account_close = Encerramento da conta
deed-account_timeline = Cronologia lida por um operador
deed-account_export = Dados exportados por um operador
deed-account_erase = Dados apagados por um operador
deed-store_restore = Base de dados reposta por um operador
deed-store_clock_reset = Relógio da base de dados acertado por um operador
deed-scenario_export = Cenário exportado por um operador
state-none = sem conta
state-requested = por ativar
state-active = ativa
state-suspended = suspensa
state-closed = encerrada
about-activation = código de ativação
about-recovery = código de recuperação
about-contact_email = código para confirmar o e-mail
about-contact_mobile = código para confirmar o telemóvel
about-login = código de início de sessão
about-cmd = código temporário da Chave Móvel Digital
about-activated = a conta está ativa
about-password_changed = a palavra-passe foi alterada
about-recovered = foi definida uma nova palavra-passe
about-second_factor_enrolment = foi pedido um código para iniciar sessão
about-login_locked = o início de sessão está bloqueado
about-code_blocked = os códigos estão bloqueados
about-phone_code_blocked = o código de segurança está bloqueado
about-phone_code_set = foi definido um código de segurança
about-phone_code_changed = o código de segurança foi alterado
about-suspended = a conta foi suspensa
about-resumed = a conta está novamente ativa
about-reset = a conta foi reiniciada
about-closed = a conta foi encerrada
about-contact_changed = um contacto foi acrescentado ou substituído
about-contact_removed = um contacto foi removido
about-cmd_blocked = a Chave Móvel Digital está bloqueada
about-alert = alerta

### The page of an account's timeline

calendar-payment = Pagamento da Segurança Social: { $about }, { $amount }
page-title = { $name }: ciclo de vida da conta
page-kind = Conta na Segurança Social Direta
page-counts = Pedidos feitos: { $done } · recusados: { $refused } · mensagens: { $messages }
page-states = Estados
page-band = Os estados da conta, pela ordem da lista seguinte. Os traços acima são recusas; as linhas abaixo são bloqueios.
page-legend = Um estado curto aparece com uma largura mínima. Os traços acima da faixa são recusas; as linhas abaixo são bloqueios.
page-stay = das { $from } às { $until }
page-stay-now = desde as { $from }
page-timeline = Cronologia
page-nothing = Ainda nada aconteceu.
page-later = { $count ->
        [one] no dia seguinte
       *[other] { $count } dias depois
    }
page-refused = recusado
page-said = «{ $text }»
page-by = { $actor } · pedido { $id }
page-caption = { $channel ->
        [email] E-mail para { $to }
        [sms] SMS para { $to }
       *[letter] Carta para { $to }
    }
page-citizen = cidadão
page-company = empresa ou instituição
page-alerts-email = por e-mail
page-alerts-sms = por SMS
page-alerts-none = nenhum
page-foot = Estado da base de dados às { $now }. Todas as horas são de Lisboa. Esta página tem dados pessoais: proteja-a como a base de dados.
page-codes-sandbox = Os dados são de uma base de ensaio: nada nesta página é secreto.
page-codes-masked = Os códigos vão ocultos. A criação desta página fica no registo de auditoria.

### The report

report-title = Relatório
report-kind = Segurança Social Direta
report-period = Período
report-tile-median = mediana até à ativação
report-tile-p90 = percentil 90
report-tile-codes = códigos enviados
report-tile-lockouts = bloqueios
report-tile-calls = chamadas identificadas
report-period-all = Todo o registo de auditoria, até { $now }
report-period-since = De { $since } a { $now }
report-period-until = Até { $before }
report-period-both = De { $since } a { $before }
report-entries = Entradas de auditoria: { $count }
report-none = Nenhuma.
report-accounts = Contas no fim do período
report-registrations = Registos de conta
report-registrations-total = contas novas
report-registrations-portal = pelo procedimento do portal
report-registrations-classic = pelo procedimento clássico
report-registrations-cmd = por Chave Móvel Digital
report-registrations-repeated = pedidos repetidos
report-activations = Ativações
report-activations-total = contas ativadas
report-activations-activate = com código de ativação
report-activations-recovery = por recuperação
report-activations-cmd = por Chave Móvel Digital
report-activation_time = Tempo do pedido à ativação
report-activation_time-count = ativações medidas
report-activation_time-median = mediana
report-activation_time-p90 = percentil 90
report-codes = Códigos por canal
report-codes-channel = canal
report-codes-sent = enviados
report-codes-used = usados
report-codes-expired = expirados sem uso
report-codes-invalidated = invalidados
report-codes-open = ainda válidos
report-refusals = Recusas por motivo
report-refusals-all = recusas
report-lockouts = Bloqueios
report-lockouts-what = tipo
report-lockouts-set = iniciados
report-lockouts-lifted = levantados
report-letters = Cartas
report-letters-pending = por imprimir
report-letters-dispatched = impressas
report-letters-overdue = em atraso
report-letters-returned = devolvidas
report-phone_line = Linha Segurança Social
report-phone_line-identified = chamadas identificadas
report-phone_line-verified = códigos verificados sem chamada
report-phone_line-wrong = recusas, código errado
report-phone_line-blocked = recusas, código bloqueado
report-phone_line-payments = listas de pagamentos
report-series = Ao longo do tempo
report-series-from = { $unit ->
        [day] dia
        [month] mês
       *[year] ano
    }
report-series-registrations = registos de conta
report-series-activations = ativações
report-series-refusals = recusas
report-numbers = Todos os números
report-definitions = O que é contado
report-def-period = O início e o fim do período estão incluídos. Os códigos e as cartas são mostrados como estão agora. Todos os dias são os de Lisboa.
report-def-accounts = Contas segundo o seu estado no fim do período. As contas apagadas não são contadas.
report-def-registrations = Pedidos que criaram uma conta, por procedimento. Um pedido repetido é um pedido posterior, antes da ativação, que enviou um código novo. Não está no total. As verificações sem alterações e o primeiro passo da Chave Móvel Digital não são contados.
report-def-activations = Contas que ficaram ativas para o titular: com código de ativação, por recuperação ou por Chave Móvel Digital. O fim de uma suspensão não é uma ativação.
report-def-activation_time = Para cada conta, o tempo desde o registo ou a reposição que a deixou por ativar até à ativação no período. Esse pedido pode ser anterior ao período, e os pedidos repetidos não o alteram. A mediana é o menor tempo que metade destas ativações não excedeu (posição mais próxima). O percentil 90 é o mesmo para 90 por cento.
report-def-codes = Códigos de todas as finalidades enviados no período. Cada um tem um estado: usado; expirado sem nunca ser usado; invalidado antes do fim da validade, porque foi substituído, cancelado ou bloqueado por tentativas erradas; ou ainda válido.
report-def-refusals = Pedidos do período que uma regra recusou, por motivo. Um valor inválido não é uma recusa.
report-def-lockouts = Bloqueios que começaram no período e bloqueios que terminaram no período antes do seu fim.
report-def-letters = Por imprimir: criadas no período, sem código ou com um código válido. Impressas: impressas pela primeira vez no período. Em atraso: impressas ou não, com um código do período que é válido e não foi usado, e esperadas antes de hoje. Devolvidas: a devolução foi registada no período.
report-def-phone_line = Pedidos do período na Linha Segurança Social. As recusas são de identificações e de verificações.
report-def-series = Registos de conta, ativações e recusas por dia, por mês se os dias forem mais de { $days }, ou por ano se os meses forem mais de { $months }.
report-foot = Estado da base de dados em { $now }. Todas as horas são as de Lisboa. Esta página não tem dados pessoais.

### Notes printed with a result

note-due-contacts = Após a autenticação, deve atualizar e fidelizar os seus contactos: `ssd contacts show`.
note-alerts-waiting-email = Enquanto não fidelizar o seu e-mail, os alertas ficam só nas mensagens recebidas (`ssd contacts show`).
note-alerts-waiting-mobile = Enquanto não fidelizar o seu telemóvel, os alertas ficam só nas mensagens recebidas (`ssd contacts show`).
note-enrolment = Esta sessão serve só para fidelizar um contacto (`ssd contacts show`). Depois, inicie sessão de novo.
note-enrolled = Este contacto passa a receber os códigos para iniciar sessão. Inicie sessão de novo.
note-cmd-code = Para continuar com esse código, repita o comando e acrescente `--code CÓDIGO --consent`.
note-import-partial = A importação parou: estão carregadas { $loaded } de { $good } linhas. Execute o mesmo comando de novo para carregar as restantes.
note-batch-row = { $op } { $verdict } { $count }
note-batch-fault = { $op } { $fault }  linha { $line }
note-why-all-done = { $count ->
        [0] O ficheiro não tem respostas.
       *[other] Todas as linhas foram feitas.
    }
why-not-in-registry = o NISS não está na base de registos
why-inactive = a base de registos indica óbito ou cessação
why-differs = diferente da base de registos: { $fields }
note-batch-failed = { $count ->
        [one] { $count } linha não foi feita e está em { $file }. Corrija-a e execute: { $command }
       *[other] { $count } linhas não foram feitas e estão em { $file }. Corrija-as e execute: { $command }
    }
failed-line-needed = a linha { $line } usa esta linha
note-batch-resume = O lote foi interrompido. Nada se perdeu e nada foi feito duas vezes. Para continuar: { $command }
note-batch-stopped = O lote foi interrompido. As linhas com resposta estão feitas; pode haver outras já feitas, sem resposta. Só com `--out` um lote pode continuar.
note-export-otherwise = Estas entradas de auditoria têm outro resultado quando são repetidas: { $entries }
note-export-state = O cenário não conduz exatamente ao estado atual: há uma alteração que o registo de auditoria não mostra.
note-upgraded = A base de dados foi atualizada para a versão { $version }.
note-record-late = A gravação não tem o que foi feito antes nesta base de ensaio.
note-print-skipped = Cartas não impressas, porque o código já não é válido: { $count }.
note-print-lacking = Cartas com um carácter inexistente nos tipos de letra incluídos, substituído por �: { $count }. A lista indica-as. Verifique-as antes de as enviar.
note-reject = { $column ->
        [none] linha { $line }: { $cause }
       *[other] { $has_value ->
            [yes] linha { $line }, { $column } "{ $value }": { $cause }
           *[no] linha { $line }, { $column }: { $cause }
        }
    }
note-faults = Erros: { $count }
note-fault-row = { $has_value ->
        [yes] { $column }  { $reason } { $count }  linha { $line }: "{ $value }"
       *[no] { $column }  { $reason } { $count }  linha { $line }
    }
note-faults-others = e outros erros: { $count }
note-ignored-columns = { $count ->
        [one] Coluna deixada de fora: { $columns }
       *[other] Colunas deixadas de fora: { $columns }
    }
note-rejects-more = { $count ->
        [one] e mais uma; --rejects FICHEIRO guarda todas
       *[other] e mais { $count }; --rejects FICHEIRO guarda todas
    }
note-holders-left = Por fazer: { $count }, a partir do NISS { $niss }.
note-more-rows = Linhas mostradas: { $shown }. Há mais: use --limit N ou --all.
note-more-columns = { $count ->
        [one] +1 coluna: --format csv ({ $names })
       *[other] +{ $count } colunas: --format csv ({ $names })
    }
progress = { $left ->
        [none] linhas: { $lines }, por segundo: { $rate }, recusadas: { $refused }
       *[other] linhas: { $lines }, por segundo: { $rate }, recusadas: { $refused }, tempo restante: { $left }
    }

### Labels of what goes to standard error

prefix-error = erro
prefix-hint = sugestão
prefix-warning = aviso
prefix-refused = recusado

### Words of the code in Portuguese

word-proposed = { $value }, proposto: { $proposed }
word-yes = sim
word-no = não
word-alert_kind-decision = decisão
word-alert_kind-benefit = prestação
word-alert_kind-payment = pagamento
word-state-requested = por ativar
word-state-active = ativa
word-state-suspended = suspensa
word-state-closed = encerrada
word-account_type-citizen = cidadão
word-account_type-company = empresa/instituição
word-kind-citizen = pessoa singular
word-kind-employer = entidade empregadora
word-kind-company = pessoa coletiva
word-civil_id_kind-cc = Cartão de Cidadão
word-civil_id_kind-bi = Bilhete de Identidade
word-civil_id_kind-passport = passaporte
word-civil_id_kind-residence_permit = título de residência
word-civil_id_kind-eu_id = documento de identificação de um país da UE
word-status-active = ativo
word-status-deceased = falecido
word-status-ceased = cessou atividade
word-alerts-email = por e-mail
word-alerts-sms = por SMS
word-alerts-none = nenhum
word-message_status-pending = por enviar
word-message_status-dispatched = enviada
word-message_status-returned = devolvida
word-message_status-failed = não entregue
word-message_status-lost = perdida
word-channel-email = e-mail
word-channel-sms = SMS
word-channel-letter = carta
word-decision-granted = deferido
word-decision-refused = indeferido
word-outcome-done = feito
word-outcome-refused = recusado
word-outcome-malformed = inválido
word-outcome-repeated = repetida
word-fault-missing = em falta
word-fault-length = comprimento errado
word-fault-character = carácter inválido
word-fault-check_digit = dígito de controlo errado
word-fault-prefix = prefixo não atribuído
word-fault-form = formato errado
word-fault-no_such_date = data inexistente
word-fault-future = no futuro
word-fault-word = palavra desconhecida
word-fault-bounds = fora dos limites
word-fault-leaves_behind = contradiz outra definição
word-fault-not_a_mobile = não é um telemóvel
word-fault-no_such_number = número inexistente
word-fault-address = não é um endereço de e-mail
word-fault-not_utf8 = não é UTF-8
word-fault-duplicate = repetido
word-fault-duplicate_key = chave repetida
word-fault-id_reused = id de outra linha
word-fault-fields = número de campos errado
word-fault-quote = aspas soltas
word-fault-unknown_column = coluna desconhecida
word-fault-unknown_field = campo desconhecido
word-fault-no_place = não se aplica
word-fault-no_such_setting = definição inexistente
word-fault-names_holder = identifica o titular
word-fault-not_held = não registado
word-fault-current_missing = falta a palavra-passe atual
word-fault-no_current = não há palavra-passe atual
word-fault-link = contém um endereço web
word-fault-not_json = não é um objeto JSON
word-verdict-pass = cumprido
word-verdict-fail = não cumprido
word-verdict-deviation = desvio
word-verdict-not_run = não verificado
word-cause-no_account = não existe conta
word-cause-not_active = conta por ativar
word-cause-suspended = conta suspensa
word-cause-closed = conta encerrada
word-cause-wrong_password = palavra-passe errada
word-cause-wrong_digits = dígitos errados
word-cause-no_phone_code = sem código de segurança
word-variant-absent = sem contacto para remover
word-variant-letter = a mensagem é uma carta
word-variant-sent = nenhuma mensagem desse tipo para este titular
word-variant-alerts = alertas
word-variant-classes = poucos tipos de caracteres
word-variant-clock = relógio do sistema
word-variant-common = demasiado comum
word-variant-dead = já não é válido
word-variant-enrolment = só para fidelizar um contacto
word-variant-ended = a sessão terminou
word-variant-guessable = fácil de adivinhar
word-variant-login = início de sessão
word-variant-operator = pedido por um operador
word-variant-registered = há um contacto registado
word-variant-dry_run = ensaio
word-variant-outbox = substituto de um código
word-variant-personal = com dados do titular
word-variant-reset = reinício
word-variant-short = demasiado curta
word-variant-stale = início de sessão demasiado antigo
word-variant-waited = não enviado dentro do prazo
word-variant-wiped = apagado
word-email = e-mail
word-mobile = telemóvel
word-telephone = telefone
word-identity = verificações de identidade
word-login = início de sessão
word-activation = códigos de ativação
word-recovery = códigos de recuperação
word-contact_email = códigos para confirmar o e-mail
word-contact_mobile = códigos para confirmar o telemóvel
word-login_code = códigos de início de sessão
word-cmd_pin = PIN da Chave Móvel Digital
word-cmd_code = códigos temporários da Chave Móvel Digital
word-phone_code = código de segurança

### Labels

label-niss = NISS
label-account_type = tipo de conta
label-birth_date = data de nascimento
label-name = nome
label-civil_id = número de identificação civil
label-civil_id_kind = documento de identificação civil
label-nif = { $holder ->
        [company] NIPC ou NIF
       *[citizen] NIF
    }
label-responsible = responsável
label-email = e-mail
label-mobile = telemóvel
label-telephone = telefone
label-alerts = alertas
label-channel = canal
label-code_channel = canal de verificação
label-kind = natureza
label-status = situação
label-address = morada
label-postal_code = código postal
label-locality = localidade
label-country = país
label-language = língua
label-state = estado
label-holder = titular
label-holder_status = situação do titular
label-created_at = criação
label-dispatched_at = impressão
label-message_status = estado
label-status_at = resultado da entrega
label-undelivered = não entregues
label-activated_at = ativação
label-password = palavra-passe
label-phone_code = código de segurança
label-blocks = bloqueios
label-alert_kind = tipo
label-read_at = leitura
label-about = assunto
label-decision = decisão
label-amount = valor (€)
label-paid_on = data de pagamento
label-contacts = contactos
label-to_do = a fazer
label-next = comandos possíveis
label-session = sessão
label-target = sessão
label-logged_in_at = início
label-last_used_at = último uso
label-ends_at = fim
label-current = esta
label-id = mensagem
label-line = linha
label-line_id = id
label-purpose = finalidade
label-to = para
label-subject = assunto
label-body = texto
label-path = base de dados
label-sandbox = base de ensaio
label-seed = semente
label-version = versão
label-now = agora
label-system_now = relógio do sistema
label-records = fichas
label-accounts = contas
label-messages = mensagens
label-bytes = bytes
label-observed = observado
label-why = porquê
label-request = pedido
label-at = quando
label-actor = autor
label-action = ação
label-outcome = resultado
label-rule = regra
label-variant = variante
label-cause = causa
label-differed = campos diferentes
label-count = contagem
label-on_code = no código mais recente
label-until = fim da restrição
label-effects = efeitos
label-detail = outros dados
label-event = acontecimento
label-who = autor
label-remark = motivo
label-key = definição
label-value = valor
label-default = por omissão
label-least = mínimo
label-most = máximo
label-contact = contacto
label-confirmed_at = confirmação
label-proposed = proposto
word-not-given = não indicado

### Questions

ask-niss = Número de Identificação de Segurança Social (NISS)
ask-account_type = Tipo de conta
ask-birth_date = Data de nascimento (AAAA-MM-DD)
ask-name = { $holder ->
        [company] Denominação da empresa ou instituição
       *[citizen] Nome completo
    }
ask-civil_id = Número de identificação civil (Cartão de Cidadão, Bilhete de Identidade, passaporte, ...)
ask-nif = { $holder ->
        [company] NIPC ou NIF da empresa ou instituição
       *[citizen] Número de identificação fiscal (NIF)
    }
ask-responsible = Nome da pessoa responsável
ask-email = { $op ->
        [contacts_update] Novo endereço de e-mail (em branco: manter)
       *[other] Endereço de e-mail
    }
ask-mobile = { $op ->
        [contacts_update] Novo número de telemóvel (em branco: manter)
       *[other] Número de telemóvel
    }
ask-telephone = { $op ->
        [contacts_update] Novo número de telefone (em branco: manter)
       *[other] Número de telefone (facultativo)
    }
ask-alerts = Indique a forma como pretende receber os alertas da Segurança Social
ask-channel = Escolha o canal pelo qual pretende receber o código de verificação
ask-contact = Que contacto pretende remover?
ask-contact-to-confirm = Que contacto pretende confirmar (fidelizar)?
ask-procedure = Como pretende registar-se?
ask-start = O que pretende fazer?
ask-choice = Opção
ask-choice-one-of = indique um número de 1 a { $count }, ou as primeiras letras de uma opção
ask-code = Código de verificação
ask-code-or-later = { $destination ->
        [none] Código de verificação (em branco: continuar mais tarde)
       *[other] Código de verificação enviado para { $destination } (em branco: continuar mais tarde)
    }
ask-cmd-code-or-later = Código temporário enviado para { $destination } (em branco: continuar mais tarde)
ask-code-or-send = Código de verificação (em branco: enviar um código)
ask-password = Palavra-passe
ask-current_password = Palavra-passe atual (em branco: se ainda não tem)
ask-first_password = Palavra-passe
ask-first_password-again = Confirme a palavra-passe
ask-new_password = Nova palavra-passe
ask-new_password-again = Confirme a palavra-passe
ask-new_code = Novo código de segurança (seis dígitos)
ask-new_code-again = Confirme o código de segurança
ask-phone_code = Código de segurança
ask-pin = PIN da Chave Móvel Digital
ask-new_pin = PIN da Chave Móvel Digital (quatro a oito dígitos)
ask-new_pin-again = Confirme o PIN
ask-reason = Motivo (fica no registo de auditoria)
ask-terms = Li e aceito os termos e condições do serviço, versão { -terms-version }, que `ssd terms` mostra (sim ou não)
ask-consent = Autoriza que sejam comunicados à Segurança Social o seu nome, data de nascimento, número de identificação civil, NIF e, se existir, NISS? (sim ou não)
ask-confirm = Confirma estes dados? (sim ou não)
ask-correction = O que pretende corrigir?
ask-contacts-again = Pretende indicar de novo os contactos? (sim ou não)
ask-erase = Todos os dados desta pessoa serão apagados de forma irreversível. Confirma? (sim ou não)
ask-erase-several = Todos os dados destas { $count } pessoas serão apagados de forma irreversível. Confirma? (sim ou não)
ask-yes-or-no = responda sim ou não
ask-differs = os dois valores não coincidem; tente novamente
ask-one-contact = é necessário pelo menos um contacto
summary = Os dados que inseriu:

### The pages of a procedure and their texts

step-identification = Dados de identificação
step-channel = Seguinte: Canal de verificação
step-contacts = Próximo passo: contactos
step-alerts = Próximo passo: Alertas
step-code = Próximo passo: Código
step-summary = Próximo passo: Resumo
step-activate = Ativar conta
step-recover = Nova palavra-passe
about-contacts = O código de verificação só é enviado para um telemóvel ou endereço de e-mail que corresponda ao registado no Sistema de Informação da Segurança Social.
about-alerts = Os alertas informam sobre decisões relativas aos seus requerimentos, prestações a que tem direito e respetivas datas de pagamento.
about-unregistered = { $contact ->
        [email] O endereço de e-mail que indicou não corresponde ao registado na Segurança Social, por isso não recebe nenhum código.
       *[mobile] O número de telemóvel que indicou não corresponde ao registado na Segurança Social, por isso não recebe nenhum código.
    }
about-proposal = Depois de iniciar sessão pela primeira vez, pode confirmar um contacto que não está registado.
about-no-contact = { $left ->
        [letter] Nenhum dos contactos indicados está registado, por isso o código só pode ser enviado por carta, para a morada registada.
       *[none] { $op ->
            [register] Nenhum dos contactos indicados está registado, e não há morada registada para uma carta.
           *[other] O código de recuperação só é enviado para um endereço de e-mail ou número de telemóvel registado.
        }
    }
about-code = A Segurança Social vai enviar-lhe um código de verificação para que possa definir a sua palavra-passe.
about-sandbox-code = Nesta base de ensaio, o código é mostrado por: { $command }
choice-procedure-portal = Com o NISS e a data de nascimento; para uma empresa, com o NISS e o NIPC ou NIF
choice-procedure-classic = Com todos os dados de identificação e contactos (procedimento clássico)
choice-procedure-cmd = Com a Chave Móvel Digital
choice-account_type-citizen = Cidadão
choice-account_type-company = Empresa/Instituição
choice-correction-stop = Nada: terminar sem enviar o pedido
choice-alerts-email = E-mail
choice-alerts-sms = SMS (mensagem escrita para o telemóvel)
choice-alerts-none = Não pretendo receber alertas
choice-channel-email = E-mail
choice-channel-sms = SMS (mensagem escrita para o telemóvel)
choice-channel-letter = Por carta
password-rules = { $profile ->
        [nist] Regras de definição da palavra-passe: { $least } caracteres ou mais, de qualquer tipo.
       *[rcm41] Regras de definição da palavra-passe: { $least } caracteres ou mais, de três destes tipos: minúsculas, maiúsculas, dígitos, outros caracteres.
    } { $current ->
        [none] Não são aceites as palavras-passe mais comuns, as fáceis de adivinhar, nem as que contêm dados seus.
        [known] Não são aceites as palavras-passe mais comuns, as fáceis de adivinhar, as que contêm dados seus, nem a atual.
       *[unknown] Não são aceites as palavras-passe mais comuns, as fáceis de adivinhar, as que contêm dados seus, nem a atual, se existir.
    }
sitting-later = Para continuar mais tarde: { $later }
sitting-login = Para iniciar sessão: SSD_SESSION=$(ssd login { $niss }); export SSD_SESSION
start-register = Registar: criar uma conta
start-activate = Ativar conta, com o código de verificação
start-recover = Perdi a minha palavra-passe
start-recover-confirm = Definir a nova palavra-passe, com o código de verificação
start-login = Iniciar sessão
start-login-again = Iniciar sessão de novo, para alterar contactos e códigos
start-second-factor-enrol = Receber um código para iniciar sessão e fidelizar um contacto
start-login-again-cmd = Iniciar sessão de novo com a Chave Móvel Digital, para alterar contactos e códigos
start-phone-line = Identificar-me no atendimento telefónico
start-messages-list = Ler as minhas mensagens
start-profile-show = Ver os meus dados de identificação
start-contacts-show = Ver os meus contactos
start-contacts-update = Alterar os meus contactos
start-contacts-confirm = Confirmar (fidelizar) os meus contactos
start-alerts-set = Escolher como receber os alertas
start-phone-code-set = Obter o código de segurança (código de acesso para atendimento telefónico)
start-phone-code-change = Alterar código de segurança (código de acesso para atendimento telefónico)
start-phone-code-remove = Remover o meu código de segurança
start-password-change = Alterar a minha palavra-passe
start-session-list = Ver as minhas sessões abertas
start-session-end-others = Terminar as minhas outras sessões
start-logout = Terminar sessão
start-help = Ajuda
about-no-session = A sessão em SSD_SESSION terminou, ou não é desta base de dados.

### Errors in a value

invalid-missing = está em falta
invalid-length = número de caracteres esperado: { $expected }
invalid-character = contém um carácter inválido
invalid-check_digit = o dígito de controlo não está correto: verifique se há um erro de digitação
invalid-prefix = tem de começar por um destes números: { $expected }
invalid-form = formato esperado: { $expected }
invalid-no_such_date = essa data não existe
invalid-future = esta data está no futuro
invalid-word = tem de ser um destes: { $expected }
invalid-bounds = tem de estar entre { $least } e { $most }
invalid-leaves_behind = `{ $key }` ficaria fora dos limites ({ $expected }); altere primeiro essa definição
invalid-not_a_mobile = não é um número de telemóvel; por exemplo: 912 345 678
invalid-no_such_number = esse número de telefone não existe
invalid-no_such_number-national = não existe esse número em Portugal; para outro país, escreva + e o indicativo do país: +44 7400 123456
invalid-address = não é um endereço de e-mail válido; por exemplo: alguem@exemplo.pt
invalid-not_utf8 = não é texto em UTF-8
invalid-duplicate = já consta de uma linha anterior
invalid-duplicate_key = esta chave aparece duas vezes na linha: escreva-a uma só vez
invalid-id_reused = já foi feita uma linha com este id e outro conteúdo: dê outro id a esta linha
invalid-fields = a linha tem de ter tantos campos como o cabeçalho: { $count }
invalid-read_as_number = um programa leu esta coluna como números e alterou-os: formate a coluna como texto e exporte o ficheiro de novo
invalid-quote = o campo começa por aspas que não fecham: feche-as mesmo antes do separador ou escreva-as duas vezes dentro de aspas
invalid-unknown_column = essa coluna não existe
invalid-unknown_field = esta operação não tem esse campo
invalid-no_place = não se usa com os outros campos
invalid-no_such_setting = essa definição não existe; `ssd policy show` mostra todas
invalid-link = contém um endereço Web; as mensagens não levam ligações
invalid-not_json = a linha não é um objeto JSON
invalid-names_holder = identifica a pessoa e ficaria guardado: escreva o motivo sem nome, número, contacto ou morada
invalid-not_held = não foi indicado nem consta na base de registos
invalid-current_missing = a conta tem palavra-passe: indique primeiro a atual, depois a nova
invalid-no_current = a conta ainda não tem palavra-passe: indique só a nova
form-an-integer = um número inteiro
form-a-list-of-objects = uma lista de objetos
form-YYYY-MM-DD = AAAA-MM-DD
form-a-date = AAAA-MM-DD ou DD/MM/AAAA
form-a-country = um país: o código (ISO 3166-1) ou o nome em português ou inglês
form-six-digits = seis dígitos
form-four-to-eight-digits = quatro a oito dígitos
form-hexadecimal-digits = os 16 caracteres de um ID de `ssd session list`
form-an-object = um objeto
form-text = texto
form-an-anchor = uma âncora de `ssd audit head`
form-a-phone-number = 912 345 678 ou, de outro país, + e o indicativo do país: +44 7400 123456

### Errors in the command line

usage-malformed = `{ $name }`: { $cause }
usage-missing = em falta: { $options }
usage-or = ou
usage-surplus = `{ $option }` não se aplica a este pedido
usage-surplus-hint = `{ $command } --help` indica o que se usa em conjunto; algumas opções são só de `--procedure classic` ou do outro tipo de conta
usage-unknown-command = o comando `ssd { $word }` não existe
usage-secret-word = palavra desconhecida; não é repetida porque pode ser um segredo
usage-secret-word-hint = um segredo nunca é um argumento: use --password-stdin, --password-file ou responda à pergunta; `ssd --help` lista os comandos
usage-unknown-topic = não há tema nem comando: `{ $word }`
usage-unknown-topic-hint = `ssd help` lista os temas e os comandos
usage-unknown-option = `{ $command }` não tem a opção `{ $option }`
usage-suggestion-hint = queria dizer `{ $suggestion }`?
usage-too-many = há mais valores do que `{ $command }` aceita
usage-conflict = `{ $first }` e `{ $second }` não se podem usar em conjunto
usage-twice = `{ $option }` foi indicado mais do que uma vez
usage-no-value = `{ $option }` precisa de um valor
usage-no-value-wanted = `{ $option }` não aceita valor
usage-no-command = falta um comando depois de `{ $command }`
usage-not-utf8 = a linha de comandos não é texto em UTF-8
usage-other = não foi possível interpretar a linha de comandos
usage-stdin-twice = `{ $first }` e `{ $second }` leem ambos da entrada padrão
usage-stdin-twice-hint = indique um dos dois num ficheiro
usage-input-ended = `{ $option }`: a entrada terminou antes da linha com o segredo
usage-input-ended-hint = indique um segredo por linha: `printf '%s\n' "$PASSWORD" | ssd ...`; `ssd password change` lê a palavra-passe atual e a nova, ou só a primeira palavra-passe
usage-empty-path = o caminho da base de dados está vazio
usage-empty-path-hint = indique a base de dados com `--store CAMINHO` ou em SSD_STORE, ou remova SSD_STORE para usar a predefinida
usage-no-path = a base de dados não foi indicada
usage-no-path-hint = indique-a com `--store CAMINHO` ou em SSD_STORE
usage-rejects-nowhere = as linhas rejeitadas precisam de um ficheiro próprio: a saída padrão tem o resultado
usage-rejects-nowhere-hint = indique um ficheiro com `--rejects`
usage-rejects-same = as linhas rejeitadas não podem ser escritas no ficheiro que está a ser lido
usage-rejects-same-hint = indique outro ficheiro com `--rejects`
usage-empty-period = o período termina antes de começar
usage-empty-period-hint = indique em `--since` um dia anterior ao de `--until`
usage-not-erased = nada foi apagado: não houve confirmação
usage-not-erased-hint = `ssd account show` mostra o estado da conta
usage-empty-registry = o ficheiro está vazio
usage-empty-registry-hint = indique um CSV com cabeçalho ou um objeto JSON por linha
usage-input-unreadable = não é possível ler a entrada: { $detail }
usage-input-long-line = uma linha da entrada tem mais de 1 MiB
usage-input-long-line-hint = indique um CSV com cabeçalho ou um objeto JSON por linha
usage-restore-stdin = uma cópia de segurança é um ficheiro, não a entrada padrão
usage-restore-stdin-hint = indique um ficheiro feito por `ssd store backup`
usage-restore-no-file = { $file } não é um ficheiro normal
usage-restore-no-file-hint = indique um ficheiro feito por `ssd store backup`
usage-restore-itself = { $file } é a própria base de dados
usage-restore-itself-hint = indique um ficheiro feito por `ssd store backup`
usage-restore-kind = entre a base de dados e a cópia { $file }, só uma é de ensaio
usage-restore-kind-hint = indique outro caminho para a base de dados reposta com `--store CAMINHO`
line-hint-fields = `ssd help batch-files`; os campos de { $op }: { $fields }
usage-backup-nowhere = a cópia da base de dados precisa de um ficheiro próprio
usage-backup-nowhere-hint = indique um ficheiro que ainda não exista
usage-input-header-quote = há aspas por fechar no cabeçalho
usage-input-header-quote-hint = escreva as colunas como neste exemplo: niss,kind,name,birth_date
usage-scenario-empty = { $file }: não há linhas para executar
usage-scenario-empty-hint = um cenário é um objeto JSON por linha; veja `ssd scenario run --help`
usage-scenario-long-line = { $file }:{ $line }: a linha tem mais de 16 MiB
usage-scenario-long-line-hint = indique uma base de registos grande num ficheiro: "op":"registry", "file":"FICHEIRO"
usage-keep-one = só uma base de ensaio pode ser guardada
usage-keep-one-hint = indique um só FICHEIRO com `--keep`
usage-anonymise = o valor de `{ $field }` não pode ser substituído por um inventado
usage-anonymise-hint = exporte sem `--anonymise` e substitua os dados à mão
usage-junit-nowhere = o relatório precisa de um ficheiro próprio: a saída padrão tem o resultado
usage-junit-nowhere-hint = indique um ficheiro com `--junit`
usage-junit-same = o relatório não pode ser escrito em { $file }, que está em uso
usage-junit-same-hint = indique outro ficheiro com `--junit`
usage-html-nowhere = a página precisa de um ficheiro próprio
usage-html-nowhere-hint = indique um ficheiro com `--html`
usage-ics-nowhere = o calendário precisa de um ficheiro próprio
usage-ics-nowhere-hint = indique um ficheiro com `--ics`
usage-record-sandbox = SSD_RECORD está definida, mas só é possível gravar numa base de ensaio
usage-record-sandbox-hint = desative a gravação (unset SSD_RECORD), ou crie uma base de ensaio: ssd --store FICHEIRO init --sandbox
usage-over-link = { $file } é uma ligação simbólica para um ficheiro e não será seguida
usage-over-link-hint = indique o próprio ficheiro
usage-over-store = { $file } pertence à base de dados, ou a outra: não será substituído
usage-over-store-hint = indique outro ficheiro
usage-key-place = { $file } não pode ser o ficheiro de chave desta base de dados: é uma base de dados, um ficheiro ao lado de uma, ou o lugar da chave de outra
usage-key-place-hint = indique outro caminho com `--key-file` ou em SSD_KEY_FILE
usage-print-same-file = as cartas e a lista não podem ficar no mesmo ficheiro
usage-print-same-file-hint = indique outro ficheiro com --manifest
usage-no-plain-file = { $file } não é um ficheiro normal; só um ficheiro normal pode ser substituído
usage-no-plain-file-hint = indique um ficheiro normal, ou um caminho que ainda não exista
usage-over-print-run = { $file } tem as cartas do pedido { $request }, cuja impressão foi concluída: não será substituído
usage-over-print-run-hint = indique outro ficheiro, ou remova este depois de enviar as cartas
usage-over-other-mail = { $file } já existe e não tem esta mensagem: não será substituído
usage-over-other-mail-hint = indique outra pasta
usage-record-other = SSD_RECORD indica { $file }, que já tem outro uso
usage-record-other-hint = indique um ficheiro que ainda não exista, ou uma gravação anterior
usage-record-begun = uma gravação tem de começar com a criação da base de ensaio, e { $file } já tem linhas
usage-record-begun-hint = indique outro ficheiro em SSD_RECORD, ou remova este
usage-record-large = a base de registos é demasiado grande para uma gravação
usage-record-large-hint = carregue-a sem SSD_RECORD e indique o ficheiro no cenário: "op":"registry", "file":"FICHEIRO"
usage-input-no-csv = a entrada não é CSV nem JSON
usage-input-no-csv-hint = indique um CSV com cabeçalho, ou JSON: um objeto por linha, ou uma lista de objetos
usage-input-kind = { $kind ->
        [excel] o ficheiro é uma folha de cálculo (.xlsx) e não um ficheiro de texto
        [old_excel] o ficheiro é uma folha de cálculo ou um documento de uma versão antiga do Office (.xls) e não um ficheiro de texto
        [open_document] o ficheiro é uma folha de cálculo (.ods) e não um ficheiro de texto
        [document] o ficheiro é um documento de um processador de texto e não um ficheiro de texto
        [compressed] o ficheiro está comprimido
        [pdf] o ficheiro é um PDF
        [picture] o ficheiro é uma imagem, um som ou um vídeo
        [database] o ficheiro é uma base de dados
        [markup] o ficheiro é uma página web ou XML, e não CSV nem JSON
        [rich_text] o ficheiro é um documento de texto formatado (.rtf)
        [program] o ficheiro é um programa
       *[other] o ficheiro não é texto
    }
usage-input-kind-hint = { $kind ->
        [excel] abra o ficheiro na folha de cálculo e guarde-o como "CSV UTF-8"; depois carregue esse ficheiro
        [old_excel] abra o ficheiro na folha de cálculo e guarde-o como "CSV UTF-8"; depois carregue esse ficheiro
        [open_document] abra o ficheiro na folha de cálculo e guarde-o como "CSV UTF-8"; depois carregue esse ficheiro
        [markup] abra o ficheiro na folha de cálculo e guarde-o como "CSV UTF-8"; depois carregue esse ficheiro
        [compressed] extraia primeiro o ficheiro e carregue o CSV que ele contém
        [document] peça os dados como folha de cálculo ou como CSV
        [rich_text] peça os dados como folha de cálculo ou como CSV
        [pdf] peça os dados como folha de cálculo ou como CSV
        [picture] peça os dados como folha de cálculo ou como CSV
        [database] exporte a tabela com o programa da base de dados como "CSV UTF-8"
       *[other] indique um CSV com cabeçalho ou um ficheiro JSON
    }
usage-input-not-utf8 = { $likely ->
        [windows-1252] a linha { $line } não está em UTF-8 e nada foi alterado; o ficheiro está provavelmente em Windows-1252
        [utf-16] a linha { $line } não está em UTF-8 e nada foi alterado; o ficheiro está provavelmente em UTF-16
        [utf-8] a linha { $line } não está em UTF-8 e nada foi alterado; as outras linhas estão provavelmente em UTF-8
       *[unknown] a linha { $line } não está em UTF-8 e nada foi alterado; a codificação também não é Windows-1252 nem UTF-16
    }
usage-input-not-utf8-hint = { $again ->
        [absent] guarde o ficheiro como "CSV UTF-8"
       *[other] execute: { $again }
    }
usage-input-not-utf8-midway = a linha { $line } não está em UTF-8; o lote termina antes dela; linhas feitas: { $done }
usage-input-not-utf8-midway-hint = as linhas anteriores têm as suas respostas; converta a entrada para UTF-8, ou indique a codificação com `--encoding`, antes de executar as outras linhas
usage-input-malformed = a linha { $line } está danificada: não é válida na codificação do ficheiro
usage-input-malformed-hint = guarde o ficheiro de novo como "CSV UTF-8"
usage-input-malformed-midway = a linha { $line } está danificada: não é válida na codificação do ficheiro; o lote termina aí; linhas feitas: { $done }
usage-input-malformed-midway-hint = as linhas anteriores têm as suas respostas; guarde as outras linhas como "CSV UTF-8"
usage-input-is-utf8 = o ficheiro está em UTF-8 e não em Windows-1252
usage-input-is-utf8-hint = execute: { $again }
usage-input-is-utf8-midway = a entrada está em UTF-8 e não em Windows-1252: as letras com acentos foram mal lidas; linhas feitas: { $done }
usage-input-is-utf8-midway-hint = as linhas têm as suas respostas; verifique-as antes de executar alguma de novo com `--encoding utf-8`
usage-input-no-header = a primeira linha tem valores em vez de nomes de colunas
usage-input-no-header-hint = acrescente uma primeira linha com o nome de cada coluna, como niss,kind,name,birth_date
usage-input-array-open = a lista JSON não está completa: o objeto da linha { $line } ou a lista não tem fim
usage-input-array-open-hint = exporte o ficheiro de novo: foi cortado
usage-input-array-rest = a linha { $line } tem mais texto depois do fim da lista JSON
usage-input-array-rest-hint = um ficheiro tem uma lista, ou um objeto por linha
usage-unknown-columns = { $count ->
        [one] coluna desconhecida: { $columns }
       *[other] colunas desconhecidas: { $columns }
    }
usage-unknown-columns-hint = as colunas são: { $known }. Para usar uma, acrescente --map COLUNA=CABEÇALHO. Para as deixar de fora, execute: { $again }
usage-columns-missing = { $unknown ->
        [0] colunas em falta: { $missing }
       *[other] colunas em falta: { $missing }; colunas desconhecidas: { $columns }
    }
usage-columns-missing-hint = { $again ->
        [absent] indique o cabeçalho de cada coluna com --map COLUNA=CABEÇALHO
       *[other] se são estas as colunas, execute: { $again }
    }
usage-column-twice = duas colunas são `{ $column }`: `{ $former }` (coluna { $former_at }) e `{ $latter }` (coluna { $latter_at })
usage-column-twice-hint = { $again ->
        [absent] apague uma delas ou dê-lhes nomes diferentes
       *[other] escolha uma com --map; para a segunda, execute: { $again }
    }
usage-unnamed-column = linha { $line }, registo { $row }: a coluna { $column } não tem nome, mas tem conteúdo; nada foi alterado
usage-unnamed-column-hint = dê-lhe um nome no cabeçalho. Para a deixar de fora, execute: { $again }
usage-map-column = `--map`: a coluna `{ $column }` não existe
usage-map-column-hint = as colunas são: { $known }
usage-map-header = `--map`: o ficheiro não tem o cabeçalho `{ $header }`
usage-map-header-hint = os cabeçalhos são: { $headers }
usage-map-ambiguous = `--map`: o ficheiro tem o cabeçalho `{ $header }` mais de uma vez
usage-map-ambiguous-hint = dê nomes diferentes a essas colunas no ficheiro
usage-map-twice = `--map`: `{ $column }` ou `{ $header }` foi indicado duas vezes
usage-map-twice-hint = indique cada coluna e cada cabeçalho uma só vez
usage-columns-json = `--map` e `--ignore-unknown` são para CSV e o ficheiro é JSON
usage-columns-json-hint = as chaves de um objeto JSON são os nomes dos campos; as que começam por `_` são ignoradas
usage-rejects-csv-json = o ficheiro é JSON, pelo que as linhas rejeitadas não podem ser escritas em CSV
usage-rejects-csv-json-hint = indique com `--rejects` um ficheiro que termine em .jsonl

### Other errors

line-invalid = linha { $line }: { $cause }
line-field = linha { $line }: `{ $field }`: { $cause }
line-missing = linha { $line }: campos em falta: { $fields }
line-hint = `ssd schema` mostra os campos de cada operação

usage-batch-empty = o ficheiro não tem cabeçalho
usage-batch-empty-hint = um CSV precisa de um cabeçalho com os nomes dos campos da operação
usage-batch-resume-out = só pode ser retomado um lote com as respostas num ficheiro normal
usage-batch-resume-out-hint = indique o ficheiro das respostas com `--out`
usage-batch-resume-dry = uma simulação não altera nada, pelo que não há nada a retomar
usage-batch-resume-dry-hint = omita `--resume` ou `--dry-run`
usage-demo-exists = { $file } já existe, e seria substituído por um ficheiro de exemplo
usage-demo-exists-hint = indique outra pasta: `ssd demo DIR`
usage-batch-out-same = as respostas não podem ser escritas no ficheiro que está a ser lido
usage-batch-out-same-hint = indique outro ficheiro com `--out`
usage-batch-failed-same = as linhas por fazer substituiriam o ficheiro de entrada
usage-batch-failed-same-hint = indique outro ficheiro com `--failed`
usage-batch-failed-out = as linhas por fazer substituiriam as respostas em { $file }
usage-batch-failed-out-hint = indique outro ficheiro com `--failed`
usage-batch-over-record = { $file } é a gravação de SSD_RECORD
usage-batch-over-record-hint = indique outro ficheiro
usage-batch-csv = este ficheiro é um CSV e falta a operação das suas linhas
usage-batch-csv-hint = indique-a com `--op OP`, por exemplo: ssd batch { $file } --op { $op }. `ssd help batch-files` lista as operações e os seus campos
usage-why-no-reply = a linha { $line } de { $file } não é a resposta a uma linha de um lote
usage-why-no-reply-hint = indique o ficheiro de respostas de um lote: o seu `--out` ou a sua saída redirecionada
usage-why-other-store = a linha { $line } de { $file } não é uma resposta desta base de dados
usage-why-other-store-hint = indique a base de dados desse lote com `--store`
usage-batch-busy = outro lote está a escrever em { $path }
usage-batch-busy-hint = aguarde que termine, ou indique outro ficheiro com `--out`
usage-batch-unfinished = { $path } tem as respostas de um lote interrompido
usage-batch-unfinished-hint = continue-o com `--resume`, ou remova o ficheiro para recomeçar
usage-batch-no-journal = nenhum lote desta base de dados escreveu em { $path }
usage-batch-no-journal-hint = omita `--resume`, ou indique a base de dados e o ficheiro do lote interrompido
usage-batch-output-shorter = { $path } tem menos dados do que quando o lote foi interrompido
usage-batch-output-shorter-hint = reponha o ficheiro das respostas como estava; nada foi alterado
usage-batch-output-other = o conteúdo de { $path } não foi escrito por este lote
usage-batch-output-other-hint = reponha o ficheiro das respostas como estava; nada foi alterado
usage-batch-input-changed = a entrada não corresponde às respostas em { $path }
usage-batch-input-changed-hint = reponha a entrada como estava, com o mesmo --op; só pode acrescentar linhas no fim
error-usage = não foi possível interpretar a linha de comandos
error-usage-hint = veja `{ $command } --help`
error-file = { $path }: { $detail }
fault-not-found = esse ficheiro não existe
fault-denied = sem permissão
fault-exists = já existe
fault-folder = é uma pasta
error-file-hint = verifique o caminho e as permissões
error-store_missing = não há nenhuma base de dados em { $store }
error-store_missing-hint = crie uma com `ssd init`, ou indique outra com `--store CAMINHO` ou em SSD_STORE
error-store_exists = já existe uma base de dados em { $store }
error-store_exists-restore-hint = com --replace, a base de dados reposta toma o seu lugar, e a anterior fica guardada ao lado
error-store_exists-hint = use essa base de dados, ou indique outro caminho com `--store CAMINHO`; nada foi alterado
error-key_exists = já existe um ficheiro de chave em { $path }, que pode ser de outra base de dados
error-key_exists-hint = cada base de dados precisa do seu próprio ficheiro de chave: indique outro caminho com `--key-file` ou em SSD_KEY_FILE; se nenhuma base de dados usar o ficheiro, mude-o de sítio
error-store_busy = a base de dados em { $store } esteve ocupada durante 30 segundos
error-store_busy-hint = outro processo está a escrever nela: tente novamente quando terminar; o passo que falhou não alterou nada
error-store_unreadable = não é possível ler a base de dados em { $store }: { $detail }
error-store_unreadable-hint = verifique as permissões de leitura do ficheiro e da pasta
error-outcome_unknown = o disco falhou enquanto uma alteração era guardada na base de dados em { $store }; pode ter sido feita ou não: { $detail }
error-outcome_unknown-hint = verifique o disco; depois veja se foi feita, antes de a repetir: ssd audit list --limit 5
error-clock_behind = o relógio do sistema marca { $system }, mas a entrada mais recente da base de dados em { $store } é de { $newest }
error-clock_behind-hint = acerte o relógio do sistema; se estiver certo, a base de dados foi escrita com um relógio adiantado: ssd store clock-reset --reason TEXTO
finding-permissions = outros utilizadores podem ler ou alterar { $file } (modo { $found })
finding-permissions-hint = permita o acesso só ao dono: chmod 600 { $file }
finding-folder_permissions = qualquer utilizador pode substituir os ficheiros de { $file } (modo { $found })
finding-folder_permissions-hint = permita o acesso só ao dono: chmod go-w { $file }
finding-leftover = { $file } ficou de um comando interrompido e não pôde ser removido
finding-leftover-hint = elimine-o: pode conter dados pessoais
finding-low_space = { $file } só tem { $megabytes } MB livres
finding-low_space-hint = liberte espaço: uma atualização e uma cópia ocupam tanto como a base de dados
finding-file_system = { $file } está num sistema de ficheiros do tipo { $found }{ $found ->
        [tmpfs] , em memória: a base de dados perde-se quando a máquina parar
        [ramfs] , em memória: a base de dados perde-se quando a máquina parar
        [fat] , sem permissões: qualquer utilizador pode ler a base de dados
        [exfat] , sem permissões: qualquer utilizador pode ler a base de dados
       *[other] , em rede: dois processos podem danificar a base de dados
    }
finding-file_system-hint = mude a base de dados para um disco local: ssd store backup FICHEIRO
warning-last_contact = não resta nenhum e-mail ou telemóvel fidelizado; se passar a ser exigido um segundo fator, terá de pedir um código para iniciar sessão
warning-clock_behind = o relógio do sistema marca { $system }, mas a entrada mais recente da base de dados é de { $newest }; a base de dados usa a hora mais tardia
error-store_linked = a base de dados em { $store } tem mais do que um nome (hard links)
error-store_linked-hint = cada nome teria o seu próprio diário: apague os outros nomes (`find -samefile` mostra-os) e faça cópias com `ssd store backup`
error-store_unwritable = não é possível escrever na base de dados em { $store }: { $detail }
error-store_unwritable-hint = verifique as permissões de escrita do ficheiro e da pasta; o passo que falhou não alterou nada
error-disk_full = o disco está cheio
error-disk_full-hint = liberte espaço e tente novamente; o que não foi confirmado não foi feito
error-store_foreign = { $store } não é uma base de dados do ssd
error-store_foreign-hint = indique o ficheiro correto com `--store CAMINHO` ou em SSD_STORE
error-store_damaged = a base de dados em { $store } está danificada («{ $detail }»)
error-store_damaged-hint = use a última cópia de `ssd store backup` e guarde o ficheiro danificado
error-audit_broken = { $how ->
        [altered] o registo de auditoria foi adulterado: a entrada { $entry } foi alterada
        [missing] o registo de auditoria foi adulterado: falta a entrada { $entry }
        [remark] o registo de auditoria foi adulterado: o motivo da entrada { $entry } foi alterado
        [subject] o registo de auditoria foi adulterado: o titular da entrada { $entry } foi alterado
        [anchor] o registo de auditoria foi adulterado: a entrada { $entry } não corresponde à âncora
       *[head] o registo de auditoria foi adulterado: a marca do fim foi alterada; indica agora a entrada { $entry }
    }
error-audit_broken-hint = alguém alterou a base de dados em { $store } sem o ssd; guarde o ficheiro e compare-o com a última cópia de `ssd store backup`
error-state_differs = { $how ->
        [changed] uma linha da tabela { $table } não corresponde ao registo de auditoria
        [missing] falta uma linha da tabela { $table } que consta do registo de auditoria
       *[unexplained] nenhuma entrada do registo de auditoria explica uma linha da tabela { $table }
    }{ $niss ->
        [none] {""}
       *[other] , NISS { $niss }
    }{ $entry ->
        [none] {""}
       *[other] , última entrada { $entry }
    }{ $others ->
        [0] {""}
       *[other] {" "}(outras diferenças: { $others })
    }
error-state_differs-hint = alguém alterou a base de dados em { $store } sem o ssd; guarde o ficheiro e compare-o com a última cópia de `ssd store backup`
error-store_unreleased = a base de dados em { $store } foi criada por uma compilação do ssd que não foi publicada, e as suas tabelas diferem das desta versão
error-store_unreleased-hint = crie uma nova com `ssd init`, ou abra esta com a compilação que a criou
error-store_newer = a base de dados em { $store } tem a versão { $theirs }; este programa aceita versões até { $ours }
error-store_newer-hint = use a versão mais recente do ssd
error-key_missing = não é possível ler o ficheiro de chave { $key } da base de dados em { $store }: { $detail }
error-key_missing-hint = reponha o ficheiro ao lado da base de dados, com o nome desta e `.key`, ou indique-o com `--key-file` ou em SSD_KEY_FILE
error-key_wrong = a chave em { $key } não é a da base de dados em { $store }: é de outra ou foi substituída
error-key_wrong-backup-hint = indique com --backup-key o ficheiro de chave da altura da cópia; cada `ssd store rekey` substituiu-o
error-key_missing-backup-hint = indique com --backup-key o ficheiro de chave da altura da cópia
error-store_foreign-backup-hint = indique um ficheiro feito por `ssd store backup`
error-store_damaged-backup-hint = utilize outra cópia; nada foi alterado
error-audit_broken-backup-hint = um programa que não o ssd alterou esta cópia: utilize outra; nada foi alterado
error-state_differs-backup-hint = um programa que não o ssd alterou esta cópia: utilize outra; nada foi alterado
error-key_wrong-hint = coloque o ficheiro de chave correto ao lado da base de dados, com o nome desta e `.key`, ou indique-o com `--key-file` ou em SSD_KEY_FILE
error-store_error = a base de dados em { $store } falhou: { $detail }
error-store_error-hint = tente novamente; o passo que falhou não alterou nada. Se voltar a falhar, execute `ssd store check`
error-no_resources = o sistema não tem mais memória, threads ou ficheiros abertos: { $detail }
error-no_resources-hint = feche outros programas ou aumente o limite (`ulimit -a`) e tente novamente; o passo que falhou não alterou nada
error-no_randomness = o sistema não fornece valores aleatórios («{ $detail }»)
error-no_randomness-hint = nada foi alterado; tente novamente
error-answer_lost = o resultado está guardado, mas não foi possível escrever a resposta: { $detail }
error-answer_lost-request-hint = não repita já o comando: `ssd why { $request }` mostra o que foi decidido, e `ssd account show NISS` mostra a conta
error-answer_lost-command-hint = não repita já o comando: verifique o efeito com `ssd store info`, `ssd audit list` ou `ssd account show NISS`
error-answer_lost-replies-hint = liberte espaço e execute o lote de novo com `--resume`: escreve as respostas em falta e não executa nenhuma linha duas vezes
error-answer_lost-stream-hint = pode haver linhas feitas sem resposta: `ssd audit list` mostra-as; com `--out`, um lote não perde respostas
error-failed-lines-lost = cada linha com resposta está tratada, mas não foi possível escrever as linhas por fazer: { $detail }
error-answer_lost-failed_lines-hint = com `--out`, execute de novo o lote com `--resume`: escreve o ficheiro e não faz nenhuma linha duas vezes; sem ele, as respostas mostram as linhas por fazer
error-record-lost = o comando está feito, mas não foi possível gravá-lo: { $detail }
error-answer_lost-recording-hint = a resposta é válida, mas falta este comando na gravação: comece uma nova gravação
error-closed = a saída padrão foi fechada
error-interrupted = interrompido
error-interrupted-hint = nada foi enviado
stopped-sitting = interrompido
stopped-sitting-hint = o que já foi feito mantém-se; para continuar mais tarde: { $later }
stopped-import-unread = interrompido: nada foi carregado
stopped-import-unread-hint = execute o mesmo comando de novo
stopped-import = interrompido: foram carregadas { $loaded } de { $good } linhas
stopped-import-hint = execute o mesmo comando de novo: as linhas já carregadas mantêm-se e as restantes são carregadas
error-bug = erro interno do ssd («{ $detail }»)
error-bug-hint = comunique o erro, por favor, com o comando que usou; `ssd audit list` mostra se o pedido foi feito

### Conformance: each requirement of the standards, and the reason of each deviation

conform-registry-encrypted = os dados pessoais são guardados cifrados
conform-registry-encrypted-reason = as verificações de identidade comparam os dados registados, e os operadores leem-nos; protegem-nos as permissões dos ficheiros e um sistema de ficheiros cifrado (`ssd help security`)
conform-datum = uma verificação de identidade falhada tem sempre a mesma resposta, seja o titular desconhecido, falecido ou com um só dado errado
conform-deceased = um titular falecido não passa nenhuma verificação de identidade e perde a conta
conform-enrolment-digits = um código de confirmação tem 6 dígitos ou mais
conform-confirmation-validity = um código de confirmação é válido 10 minutos por SMS e 24 horas por e-mail, nem mais um segundo
conform-contact-digits = um código que confirma um contacto tem 6 dígitos ou mais
conform-contact-once = um código que confirma um contacto só pode ser utilizado uma vez
conform-proofed = a verificação de identidade é comunicada a um contacto validado, nunca a um contacto inserido no pedido
conform-least-nist = uma palavra-passe sem segundo fator tem 15 caracteres ou mais (perfil nist)
conform-least-default = uma palavra-passe sem segundo fator tem 15 caracteres ou mais (perfil por omissão)
conform-least-second = uma palavra-passe com segundo fator tem 8 caracteres ou mais
conform-longest = são aceites palavras-passe de 64 caracteres, e até 256
conform-every-character = uma palavra-passe é comparada completa: nenhum carácter é cortado
conform-normal = uma palavra-passe é normalizada antes do resumo: NFC e NFD são iguais
conform-no-kinds = nenhuma regra de composição (perfil nist)
conform-kinds = nenhuma regra de composição (perfil por omissão)
conform-no-change = nenhuma alteração periódica da palavra-passe
conform-no-hints = nenhuma pista nem pergunta de segurança
conform-common = as palavras-passe comuns e divulgadas são recusadas
conform-context = as palavras-passe com dados do titular são recusadas
conform-service = as palavras-passe com o nome do serviço são recusadas
conform-weak-explained = a recusa de uma palavra-passe indica o motivo e um conselho, e o código continua válido
conform-memory-hard = as palavras-passe são guardadas com uma função exigente em memória
conform-salt = cada palavra-passe tem o seu sal, de 32 bits ou mais
conform-beside = o esquema e o custo são guardados com o resumo
conform-keyed-hash = o último passo do resumo usa uma chave secreta, guardada à parte
conform-digits = um código fora de banda tem 6 dígitos ou mais
conform-once = um código fora de banda só pode ser utilizado uma vez
conform-cmd-code = um código temporário da Chave Móvel Digital tem 6 dígitos ou mais, só pode ser utilizado uma vez e é válido no máximo 10 minutos
conform-ten-minutes = um código fora de banda é válido 10 minutos, nem mais um segundo
conform-attempts = ao fim de 5 tentativas erradas, um código deixa de ser válido
conform-no-login = os códigos de confirmação, ativação e recuperação não iniciam sessão
conform-login-digits = um código para iniciar sessão tem 6 dígitos ou mais
conform-login-once = um código para iniciar sessão só pode ser utilizado uma vez, e só com a palavra-passe
conform-login-code-validity = um código para iniciar sessão é válido no máximo 10 minutos, nem mais um segundo do que o definido
conform-login-attempts = ao fim de 5 tentativas erradas, um código para iniciar sessão deixa de ser válido
conform-sms-alone = o e-mail não é fator de autenticação (login.second_factor sms)
conform-by-email = o e-mail não é fator de autenticação (login.second_factor on)
conform-hundred = ao fim de 100 inícios de sessão falhados seguidos, a palavra-passe deixa de ser válida até uma recuperação ou um reinício
conform-unlocked = o desbloqueio por um operador não repõe a contagem de falhas a zero
conform-new-code = um novo código não repõe a contagem de falhas a zero
conform-letter-failures = no máximo 100 falhas seguidas num código por carta
conform-phone-code-failures = as falhas seguidas bloqueiam o código de segurança, e o bloqueio não termina com o tempo
conform-cmd-failures = as falhas seguidas bloqueiam a Chave Móvel Digital durante um prazo; um novo código não repõe a contagem
conform-recovery-sms = um código de recuperação por SMS é válido 10 minutos
conform-recovery-email = um código de recuperação por e-mail é válido 24 horas
conform-letter-validity = um código por carta é válido 21 dias
conform-letter-abroad-validity = um código por carta para outro país é válido 30 dias
conform-proofing = a recuperação exige uma nova verificação de identidade e o código
conform-recovered = a recuperação é comunicada a todos os contactos, com a forma de contestar
conform-bound-notified = cada novo autenticador é comunicado a todos os contactos, com a forma de contestar
conform-session-duration = uma sessão termina no máximo ao fim de 24 horas, mesmo em uso
conform-session-idle = uma sessão sem uso termina no máximo ao fim de 1 hora
conform-eight = uma palavra-passe tem 8 caracteres ou mais, em todos os perfis
conform-most-common = as 3000 palavras-passe mais comuns são recusadas (uma amostra)
conform-sixty-four = são aceites palavras-passe de 64 caracteres
conform-credentials = a alteração de credenciais é comunicada ao titular
conform-contacts = todos os contactos registados e o antigo são avisados quando um contacto muda ou é removido
conform-locked = o bloqueio do início de sessão é comunicado ao titular
conform-oracle-register = o registo não revela se existe conta, nem pelas respostas nem pelos limites
conform-oracle-recover = a recuperação não revela se existe conta, nem pelas respostas nem pelos limites
conform-oracle-login = o início de sessão não revela se existe conta, nem pelas respostas nem pelos limites
conform-oracle-second-factor = onde é exigido um segundo fator, quem não tem a palavra-passe não fica a saber mais nada
conform-oracle-activate = a ativação não revela se foi enviado um código, nem pelas respostas nem pelos limites
conform-oracle-recover-confirm = o fim da recuperação não revela se foi enviado um código, nem pelas respostas nem pelos limites
conform-oracle-phone-code = o atendimento telefónico não revela se existe código, nem pelas respostas nem pelos limites
conform-oracle-phone-line = uma chamada não revela se existe código, nem pelas respostas nem pelos limites
conform-login-time = um início de sessão demora o mesmo, exista ou não a conta
conform-code-time = a definição de uma palavra-passe com um código demora o mesmo, exista ou não a conta
conform-activation-code = os códigos de ativação são aleatórios, têm curta duração e nunca se tornam a palavra-passe
conform-operators = os operadores podem reiniciar uma conta e nunca escolhem uma palavra-passe
conform-stale = um código utilizado, substituído ou expirado não é aceite
conform-keyed = os segredos de baixa entropia são guardados em resumo com chave, e nenhum em claro
conform-generator = os códigos vêm de um gerador criptográfico
conform-twenty-bits = um código tem 20 bits de entropia ou mais; 6 dígitos aleatórios cumprem este requisito
conform-ten-minutes-for-all = qualquer código fora de banda é válido no máximo 10 minutos
conform-bound = um código está ligado ao pedido que o originou: ao titular e à finalidade
conform-cmd-bound = um código temporário da Chave Móvel Digital está ligado ao titular, ao PIN e à finalidade
conform-attempts-limited = as tentativas com um código são limitadas
conform-resend = os pedidos de novo código são limitados
conform-identity = as tentativas de verificação de identidade são limitadas, no conjunto dos procedimentos
conform-token = o token de sessão tem 128 bits secretos ou mais
conform-no-token = sem a parte secreta do token de sessão, nenhum acesso é possível
conform-call-token = o token de uma chamada tem 128 bits secretos ou mais
conform-new-token = cada início de sessão cria um novo token de sessão
conform-ended = o fim de sessão, o encerramento, a suspensão, o reinício, a recuperação e uma nova palavra-passe terminam as sessões
conform-call-ended = o encerramento, a suspensão, o reinício, um novo código de segurança e o próprio prazo terminam uma chamada
conform-fresh = os contactos e o código de segurança só podem ser alterados nos 10 minutos após um início de sessão
conform-compared = o tempo de uma comparação não revela nada sobre o segredo: são comparados resumos com chave
conform-authenticated = os dados cifrados são autenticados e ligados à sua finalidade
conform-nonces = nenhum nonce é usado duas vezes
conform-unguessable = os valores que não podem ser adivinhados têm 128 bits aleatórios ou mais
conform-who-what-when = cada entrada de auditoria indica quem, o quê, sobre quem e quando, em UTC
conform-no-secret = o registo de auditoria não tem segredos nem dados inseridos
conform-failures = as falhas também ficam no registo de auditoria, com o motivo
conform-forged = nenhum texto inserido pode forjar uma entrada de auditoria
conform-unalterable = as entradas de auditoria não podem ser alteradas nem apagadas
conform-generic = a mensagem sobre um valor inválido não o repete
conform-closed = uma falha a meio não deixa nada feito
conform-cost = argon2id com 19 MiB, t=2, p=1, ou equivalente
conform-quick = um início de sessão demora menos de um segundo
conform-renewed = um início de sessão calcula o resumo de novo quando o custo mudou
conform-one-answer = quem não prova ser o titular recebe sempre a mesma resposta
conform-one-time = a resposta demora sempre o mesmo
conform-single-use = um código de recuperação só pode ser utilizado uma vez, e um código anterior nunca
conform-unchanged = a conta não muda antes de um código correto
conform-notified-after = o titular é avisado no fim
conform-destination = um código de recuperação só é enviado para o seu destino
conform-no-session = a recuperação não inicia sessão
conform-least-default-reason = a RCM 41/2018 exige à Administração Pública 9 caracteres de três tipos; `ssd policy set password.profile nist` exige 15
conform-kinds-reason = a RCM 41/2018 exige três tipos de caracteres; o perfil nist não exige nenhum
conform-by-email-reason = o próprio serviço envia o segundo fator por SMS ou e-mail; `ssd policy set login.second_factor sms` exclui o e-mail
conform-letter-failures-reason = com um limite por carta, um estranho podia anular uma carta a caminho. Dez tentativas por hora em 21 dias acertam num de 20^8 códigos uma vez em cinco milhões
conform-ten-minutes-for-all-reason = os códigos por e-mail e por carta ativam e recuperam, mas não iniciam sessão. Para esses, a 63B 4.2.1.2 permite 24 horas, 21 dias e 30 dias
conform-not-run-reason = a verificação não observou nada

### Help

help = ssd: o ciclo de vida das contas da Segurança Social Direta, na linha de comandos
help-usage = Utilização: { $line }
help-usage-options = Utilização: { $line } [OPÇÕES]
help-usage-command = Utilização: { $line } COMANDO [OPÇÕES]
help-group-procedures = Procedimentos
help-group-account = A conta do titular
help-group-operators = Para operadores
help-group-sandbox = Bases de ensaio e cenários
help-group-store = A base de dados
help-group-help = Ajuda
help-group-examples = Exemplos
help-group-commands = Comandos
help-group-arguments = Argumentos
help-group-options = Opções
help-group-globals = Opções de todos os comandos
help-more = `ssd COMANDO --help` mostra mais sobre um comando. Num terminal, os valores em falta são pedidos.
    Códigos de saída:
    0 feito;
    1 recusado ou diferente do esperado;
    2 linha de comandos ou valor incorreto;
    3 base de dados em falta, ocupada ou cheia;
    4 base de dados danificada ou de outro programa;
    5 algumas linhas rejeitadas;
    101 erro do programa;
    130 Ctrl-C.
help-init = criar uma base de dados
help-init-more = Só uma base de ensaio tem um relógio que se acerta com `ssd clock`, e códigos que são sempre os mesmos para a mesma
    semente.
help-register = registar-se: criar uma conta
help-register-more = Pelo portal (por omissão), um cidadão indica o NISS e a data de nascimento, e uma empresa o NISS e o NIPC ou NIF. O
    código é enviado para um contacto registado.
    O procedimento clássico pede a identificação completa e contactos. Um cidadão indica --name, --birth-date, --civil-id e
    --nif; uma empresa, --name, --nif e --responsible. Todos indicam --email, --mobile ou ambos.
    Pela Chave Móvel Digital (--procedure cmd) são dois comandos: o primeiro com o PIN, o segundo com o PIN, --code e
    --consent. A conta fica logo ativa, sem palavra-passe.
help-activate = definir a primeira palavra-passe com o código de verificação
help-login = iniciar sessão: SSD_SESSION=$(... | ssd login NISS --password-stdin)
help-login-more = Se a política exigir um segundo fator (login.second_factor), o comando é executado duas vezes. Na primeira é enviado um
    código, e a sessão não é iniciada. Na segunda, com a mesma palavra-passe e --code, a sessão é iniciada.
    Pela Chave Móvel Digital (--method cmd) o comando também é executado duas vezes. Na primeira, com o PIN, é enviado um
    código temporário para o telemóvel. Na segunda, com o PIN, --code e --consent, a sessão é iniciada.
help-logout = terminar a sessão de SSD_SESSION
help-recover = definir uma nova palavra-passe, se perdeu a anterior
help-recover-request = pedir um código de verificação
help-recover-confirm = definir a nova palavra-passe com o código de verificação
help-password = alterar a palavra-passe
help-password-change = alterar a palavra-passe do titular da sessão
help-password-change-more = A entrada padrão, ou o ficheiro, tem duas linhas: a palavra-passe atual e a nova, por esta ordem. Uma conta aberta com a
    Chave Móvel Digital ainda não tem palavra-passe. Nesse caso, a nova é a única linha, e a sessão tem de ser recente.
help-contacts = ver, alterar, confirmar e remover contactos
help-contacts-show = ver os contactos e as alterações propostas
help-contacts-update = propor novos contactos; cada e-mail e telemóvel recebe um código
help-contacts-confirm = confirmar (fidelizar) um contacto com um código; sem --code, é enviado um
help-contacts-remove = remover contactos
help-alerts = escolher como receber os alertas, e enviá-los
help-alerts-set = escolher como receber os alertas
help-alerts-send = enviar alertas a titulares a partir de um ficheiro, uma resposta por linha (para operadores)
help-alerts-send-more = A entrada é um CSV com cabeçalho ou um objeto JSON por linha, com os campos: niss kind about decision amount paid_on e,
    facultativo, id.
    Uma decisão (kind decision) precisa de "about" e "decision" (granted: deferido, refused: indeferido).
    Uma prestação (benefit) precisa de "about"; "amount" é facultativo.
    Um pagamento (payment) precisa de "about", "amount" (540.00 ou 540,00, em JSON um texto) e "paid_on".
    Cada alerta fica nas mensagens do titular (`ssd messages`) e é também enviado pelo canal que o titular escolheu. As
    opções --out e --resume estão em `ssd batch --help`.
help-messages = ler as mensagens recebidas: decisões, prestações, pagamentos
help-messages-list = listar as mensagens recebidas, da mais antiga para a mais recente; `--kind payment`: só os pagamentos, com datas e valores
help-messages-calendar = escrever os pagamentos num ficheiro de calendário
help-messages-calendar-more = Os programas de calendário importam o ficheiro (RFC 5545). Cada pagamento é um evento do seu dia. Uma exportação posterior
    tem os mesmos eventos e os novos, por isso uma importação só acrescenta estes. Os pagamentos não contam como lidos.
help-messages-show = ver uma mensagem recebida e marcá-la como lida
help-profile = ver os dados do titular
help-profile-show = ver a identificação e os contactos do titular, com dados ocultos
help-second-factor = iniciar sessão quando é exigido um código e nenhum contacto está fidelizado
help-second-factor-enrol = confirmar a identidade e receber um código para iniciar sessão e fidelizar um contacto
help-session = listar e terminar as sessões do titular
help-session-list = listar as sessões abertas, da mais antiga para a mais recente
help-session-end = terminar uma sessão pelo seu ID, ou todas as outras
help-phone-code = o código de segurança da Linha Segurança Social
help-phone-code-remove = remover o código de segurança
help-phone-code-set = criar o código de segurança; é mostrado uma só vez
help-phone-code-change = alterar o código de segurança
help-phone-code-verify = comparar os dígitos inseridos no telefone
help-phone-line = identificar quem liga, com o NISS e depois os seis dígitos; mostra o token da chamada, para SSD_CALL
help-phone-line-more = Com --code-stdin e sem NISS, a entrada tem duas linhas: o NISS e depois os dígitos. Num terminal, os dígitos errados
    voltam a ser pedidos, até estarem corretos ou bloqueados. A regra e as contagens são as de `ssd phone-code verify`.
help-phone-line-payments = listar os pagamentos de quem está identificado na chamada
help-phone-line-whoami = mostrar só quem está identificado na chamada
help-phone-line-whoami-more = O token da chamada está em SSD_CALL ou numa linha da entrada. A chamada termina ao fim de um prazo
    (phone_line.token.life). Também termina quando muda o código de segurança ou o estado da conta.
help-template = mostrar um formulário CSV para preencher: de uma lista de fichas, de alertas ou de um lote
help-batch = executar os pedidos de um ficheiro, com uma resposta por linha
help-batch-more = Uma linha é um objeto JSON com "op", os campos dessa operação (`ssd schema`) e, facultativo, um "id", que a resposta
    repete. Também é aceite um CSV com cabeçalho, com um só --op para todas as linhas.
    Uma linha recusada ou inválida tem a sua resposta e não impede as outras.
    Com --out, um lote interrompido continua com --resume: nenhuma linha é feita duas vezes e nenhuma resposta falta. Sem
    --out, as respostas podem perder-se e o lote não pode ser retomado.
    --failed escreve as linhas recusadas e inválidas na forma do ficheiro de entrada, com os motivos: corrija-as e execute
    esse ficheiro. Com --once, nenhuma linha é feita duas vezes, nem noutra execução nem depois de uma falha.
help-batch-forget = esquecer as linhas feitas com um nome, para poderem voltar a ser feitas
help-registry = carregar e ver as fichas dos titulares
help-registry-import = carregar fichas de CSV ou JSON
help-registry-import-more = Colunas, por qualquer ordem, com cabeçalho: niss kind status name birth_date civil_id_kind civil_id nif responsible
    email mobile telephone address postal_code locality country language.
    São obrigatórias niss, kind e name; para pessoas singulares, também birth_date. As linhas válidas são carregadas mesmo
    que outras sejam rejeitadas.
help-registry-show = ver a ficha de um titular
help-registry-list = listar as fichas
help-registry-list-more = As linhas seguem a ordem do NISS. Uma ficha não tem hora, por isso uma página tem as primeiras linhas. Fora de uma
    base de ensaio, a leitura fica no registo de auditoria.
help-registry-find = procurar fichas por nome, data de nascimento, número ou e-mail
help-registry-find-more = TEXTO é um destes. Maiúsculas, acentos e pontuação não contam.
    - partes de um nome: ana goncalves. Cada palavra tem de constar do nome do titular ou da pessoa responsável.
    - uma data de nascimento: 1984-03-22 ou 22/03/1984
    - parte de um NISS, NIF, número de identificação civil ou telefone, com pelo menos quatro caracteres: 912 000 001
    - parte de um e-mail, com @ ou um ponto: ana@correio
    Fora de uma base de ensaio, a procura fica no registo de auditoria, sem o TEXTO.
help-registry-count = contar as fichas
help-account = ver contas e alterá-las, com um motivo
help-account-show = ver uma conta, os seus bloqueios e os comandos possíveis
help-account-list = listar as contas
help-account-list-more = As linhas seguem a ordem do NISS. Uma página tem as contas pedidas mais recentemente; com --blocked, aquelas cujo bloqueio
    termina mais tarde; com --due, aquelas cujo código expira mais tarde.
    --blocked escolhe os bloqueios que duram até uma hora ou até serem levantados: identity, login, activation,
    recovery, contact_email, contact_mobile, login_code, phone_code, cmd_pin, cmd_code.
    Um código esgotado por tentativas erradas não é um deles: um novo código substitui-o.
    --due escolhe as contas que esperam pelo titular ou pelo correio: um código foi enviado, é válido e ainda não foi usado.
help-account-unlock = levantar todos os bloqueios de um titular
help-account-suspend = suspender uma conta
help-account-resume = levantar a suspensão de uma conta
help-account-reset = reiniciar uma conta; é enviado um novo código de ativação
help-account-close = encerrar uma conta
help-account-history = listar os pedidos sobre um titular
help-account-timeline = mostrar a cronologia de uma conta: pedidos, resultados e mensagens enviadas
help-account-timeline-more = Sinais: ● feito, × recusado, · lido por um operador, ◆ estado, # código, → mensagem, » carta impressa, ■ bloqueio.
    Com --html é escrita uma página completa, com uma faixa dos estados e os textos das mensagens. Só o seu utilizador do
    sistema pode ler o ficheiro. Fora de uma base de ensaio, a leitura fica no registo de auditoria e os códigos vão
    ocultos.
help-account-export = mostrar todos os dados de uma pessoa, num objeto JSON
help-account-export-more = Os códigos das mensagens vão ocultos. Das palavras-passe e dos códigos só é indicado se existem. Fora de uma base de
    ensaio, a leitura fica no registo de auditoria.
help-account-erase = apagar todos os dados de uma pessoa
help-account-erase-more = São sobrescritos a ficha, a conta, os códigos, as sessões, as mensagens e os motivos dos operadores. Fica no registo de
    auditoria que alguém foi apagado e porquê, mas não quem: o motivo não pode identificar a pessoa.
    O apagamento não abrange as cópias da base de dados e os ficheiros de respostas e de linhas rejeitadas. Também não
    abrange as últimas respostas de um lote interrompido que não continuou.
help-outbox = ver as mensagens enviadas
help-outbox-list = listar as mensagens enviadas
help-outbox-show = ver uma mensagem enviada
help-outbox-code = mostrar só o código mais recente de um titular
help-outbox-wait = esperar por uma mensagem e mostrar o código, o texto ou a mensagem completa
help-outbox-wait-more = Se já existir uma, é mostrada de imediato a mais recente. A espera é em tempo real, também numa base de ensaio.
help-cmd = ativar ou cancelar a Chave Móvel Digital no fornecedor de autenticação
help-cmd-enrol = ativar a Chave Móvel Digital de um titular
help-cmd-enrol-more = Os dados que não indicar são copiados da ficha do titular. Indique outros para simular uma divergência. Se o titular já
    tiver uma Chave Móvel Digital, cancele-a primeiro com `ssd cmd revoke`.
help-cmd-revoke = cancelar a Chave Móvel Digital, com o código em aberto e o bloqueio
help-outbox-print = imprimir cartas para um PDF, e registá-las como enviadas
help-outbox-print-more = As páginas são A4, com a morada na janela de um envelope DL. As cartas mais antigas vêm primeiro. Se a impressão for
    interrompida, nada é registado: execute-a de novo. As cartas com um código que já não é válido não são impressas.
help-outbox-returned = registar cartas devolvidas pelos correios
help-outbox-returned-more = O código da carta deixa de ser válido, e o titular pode pedir outro de imediato. O número de uma carta está na
    sua referência. Cada carta é um pedido.
help-outbox-failed = registar e-mails ou SMS não entregues
help-outbox-failed-more = O código da mensagem deixa de ser válido, e o titular pode pedir outro de imediato. Cada mensagem é um pedido.
help-outbox-export = escrever e-mails em ficheiros, um por mensagem
help-outbox-export-more = Cada ficheiro é ID.eml, segundo o RFC 5322. Um ficheiro que já exista não é alterado.
help-audit = ver, verificar e exportar o registo de auditoria
help-audit-list = listar as entradas de auditoria
help-audit-list-more = São listadas as entradas que satisfazem todas as opções indicadas. --remark procura nos motivos dos operadores: cada
    palavra do TEXTO tem de constar deles. Maiúsculas, acentos e pontuação não contam.
help-audit-verify = verificar se o registo de auditoria está íntegro
help-audit-verify-more = Cada entrada está encadeada na anterior com a chave da base de dados. É indicada a primeira entrada que não confere
    (código de saída 4).
    Com --since a verificação começa numa âncora. Revela também um fim cortado por quem tem a chave.
help-audit-head = mostrar a âncora da última entrada, para guardar noutro local
help-audit-export = mostrar cada entrada como está encadeada, uma linha de JSON por entrada
help-audit-export-more = O titular de uma entrada é um número aleatório, e o motivo de um operador é só um resumo com chave. Por isso a
    exportação pode ser guardada mesmo depois de uma pessoa ser apagada.
help-why = mostrar a regra que decidiu um pedido
help-why-more = O número de um pedido é `request` na sua resposta e a primeira coluna de `ssd audit list`.
    Podem indicar-se vários números. --batch RESPOSTAS explica cada linha de um lote que não foi feita.
help-report = contar registos de conta, ativações, códigos, recusas, bloqueios e cartas
help-report-more = O relatório não tem dados pessoais e não cria nenhuma entrada de auditoria. `ssd help operators` define cada número.
    Num terminal tem pequenas barras. Com --html é uma só página autónoma, com gráficos. Com --format csv cada linha tem um número.
help-policy = a política do serviço: prazos e limites
help-policy-show = ver todas as definições
help-policy-set = alterar uma definição
help-clock = mostrar e adiantar o relógio de uma base de ensaio
help-clock-show = mostrar a hora de uma base de ensaio
help-clock-advance = adiantar o relógio de uma base de ensaio
help-clock-set = adiantar o relógio de uma base de ensaio até uma dada hora
help-scenario = executar ficheiros de pedidos, cada um na sua base de ensaio
help-scenario-run = executar ficheiros de pedidos e mostrar as diferenças entre as respostas e as esperadas
help-scenario-run-more = Uma linha é um pedido, com os campos de um lote e "expect", a resposta esperada.
    Linhas que só existem em cenários:
    "op":"init" com "seed" e "at" (só na primeira linha);
    "registry" com "rows" ou "file";
    "clock" com "advance" ou "set";
    "message" com "niss", "purpose", "channel" e "count";
    "letters" com "pending", "niss", "since" e "limit" (não escreve nenhum ficheiro).
    "//" é um comentário. Num texto de "expect", [..] corresponde a qualquer texto.
help-scenario-export = exportar o historial de uma conta como um cenário
help-scenario-export-more = O cenário tem a ficha, os avanços do relógio, os pedidos e as respostas, deduzidos do registo de auditoria. Executado
    noutra base de ensaio, conduz ao mesmo estado. As palavras-passe e os valores errados são substituídos por outros com o
    mesmo resultado.
    Com --anonymise, o titular é substituído por uma pessoa inventada: outro nome, outros números válidos, contactos da
    mesma forma, nenhum motivo de operador.
help-conform = verificar os requisitos da NIST SP 800-63-4 e da OWASP ASVS 5.0
help-conform-more = Cada requisito é verificado nos próprios procedimentos, no seu limite, em bases de ensaio temporárias. O resultado
    depende só do que se observa. Cada linha tem um resultado: pass, fail, deviation (conhecido, com o motivo) ou not_run. O
    comando não precisa de uma base de dados e não altera nenhuma. O código de saída é 1 se algum requisito falhar.
help-store = verificar, copiar e descrever a base de dados
help-store-check = verificar as páginas, as referências, a estrutura, a chave, os dados cifrados e o registo de auditoria, e comparar o estado com o registo; apagar códigos expirados
help-store-backup = copiar toda a base de dados, mesmo em uso
help-store-restore = repor uma base de dados a partir de uma cópia, com um novo ficheiro de chave
help-store-restore-more = A cópia é verificada primeiro e não é alterada. As sessões, as chamadas e os códigos em aberto terminam. Com --replace, uma
    base de dados existente e o seu ficheiro de chave ficam ao lado, como BASE.old-HORA. Se a reposição for interrompida, fica a base
    anterior ou a reposta: execute-a de novo.
help-store-rekey = criar um novo ficheiro de chave
help-store-clock-reset = acertar a base de dados pela hora do sistema, depois de um relógio adiantado
help-store-info = descrever a base de dados
help-schema = mostrar o JSON Schema dos pedidos e das respostas
help-schema-more = Usa a versão 2020-12. Com `--json`, o esquema vem numa resposta, com a sua versão. O programa é um pouco menos rigoroso
    do que o esquema em alguns valores.
help-state-hash = mostrar uma linha que é igual para bases de dados com o mesmo conteúdo visível
help-state-hash-more = Contam as linhas das tabelas, a política e o relógio de uma base de ensaio. Não contam os valores aleatórios (códigos,
    chaves, semente) nem o registo de auditoria. Com --niss contam só as linhas desse titular.
help-demo = escrever ficheiros de exemplo e mostrar cinco comandos para experimentar
help-explain = mostrar o que significa um motivo, a causa e o que fazer
help-explain-more = O motivo é a palavra entre parênteses retos: `refused[code_expired]`. Sem motivo, são explicados todos.
help-terms = mostrar os termos e condições do serviço
help-terms-more = Não lê nenhuma base de dados. A entrada de auditoria de um registo tem a versão que foi aceite.
help-completions = gerar o preenchimento automático para uma shell
help-completions-more = Bash: ssd completions bash > ~/.local/share/bash-completion/completions/ssd. Zsh: como _ssd numa pasta de $fpath. Fish:
    ~/.config/fish/completions/ssd.fish. PowerShell: ssd completions powershell | Out-String | Invoke-Expression.
help-man = mostrar o manual, ou escrever as suas páginas numa pasta
help-help = listar os temas e os comandos, ou explicar um
help-help-more = `ssd help TEMA` mostra um tema, `ssd help COMANDO` as opções de um comando.
help-group-topics = Temas
help-see-also = Veja também: { $topics }
topic-getting-started = instalação, primeira conta, perguntas no terminal
topic-operators = visita para operadores: ficheiros, lotes, cartas, bloqueios, auditoria
topic-developers = reproduzir um fluxo: relógio, limites, historial, causas de uma resposta
topic-testing = preparação de testes, verificações, esperas, conjuntos de testes
topic-registry-files = colunas, linhas rejeitadas, importações grandes
topic-batch-files = pedidos e alertas num ficheiro
topic-scenarios = escrever, executar, gravar e exportar cenários
topic-letters = imprimir cartas, exportar e-mails
topic-json = chaves, listas, tabelas e CSV
topic-reasons = porque um pedido é recusado, e o que fazer
topic-exit-codes = códigos de saída e tipos de erros
topic-environment = variáveis e as opções que substituem
topic-settings = limites, prazos, regras da palavra-passe
topic-security = o que é protegido, e o que não é
topic-standards = requisitos da NIST e da OWASP, e os desvios
topic-guides = os guias do serviço, passo a passo; o que não é simulado

man-name = Nome
man-synopsis = Sinopse
man-description = Descrição
man-see-also = Ver também
man-usage-command = COMANDO [OPÇÕES]
man-usage-options = [OPÇÕES]

### Placeholders of values

value-ADDRESS = ENDEREÇO
value-ANCHOR = ÂNCORA
value-CHANNEL = CANAL
value-CODE = CÓDIGO
value-DATE = DATA
value-DIR = PASTA
value-BACKUP = CÓPIA
value-ENCODING = CODIFICAÇÃO
value-FILE = FICHEIRO
value-REPLIES = RESPOSTAS
value-FORM = FORMATO
value-HOW = MODO
value-KEY = DEFINIÇÃO
value-KIND = TIPO
value-LANG = LÍNGUA
value-LINES = LINHAS
value-MAPPING = COLUNA=CABEÇALHO
value-METHOD = MEIO
value-NAME = NOME
value-NUMBER = NÚMERO
value-OP = OPERAÇÃO
value-OPERATION = OPERAÇÃO
value-OUTCOME = RESULTADO
value-PATH = CAMINHO
value-PROCEDURE = PROCEDIMENTO
value-PURPOSE = FINALIDADE
value-REASON = MOTIVO
value-REQUEST = PEDIDO
value-SHELL = SHELL
value-SPAN = DURAÇÃO
value-STANDARD = NORMA
value-STATE = ESTADO
value-STATUS = ESTADO
value-CAUSE = CAUSA
value-STEP = PASSO
value-STORE = BASE
value-TEXT = TEXTO
value-TIME = HORA
value-TOPIC = TEMA
value-TYPE = TIPO
value-VALUE = VALOR
value-WHAT = O_QUE
value-WHEN = QUANDO

arg-store = a base de dados [SSD_STORE; ssd/store.db na pasta de dados]
arg-key_file = o ficheiro de chave [SSD_KEY_FILE; ao lado da base de dados, com o nome desta e .key]
arg-json = um objeto JSON na saída padrão, também para recusas e erros
arg-lang = língua das mensagens: en, pt [SSD_LANG; a configuração regional]
arg-no_input = não perguntar nada, mesmo num terminal
arg-quiet = só o resultado, as recusas e os erros
arg-format = listas em tabela, ou qualquer resultado em CSV: table, csv [em tabela, num terminal]
arg-color = cores: auto (num terminal), always (sempre), never (nunca)
arg-yes = confirmar o resumo sem perguntar
arg-niss = Número de Identificação de Segurança Social: 11 dígitos
arg-account_type = citizen (Cidadão) ou company (Empresa/Instituição)
arg-procedure = portal, classic ou cmd [portal]
arg-birth_date = data de nascimento, AAAA-MM-DD (cidadãos)
arg-name = nome completo, ou a denominação da empresa
arg-civil_id = número de identificação civil, de qualquer documento (cidadãos)
arg-nif = número de identificação fiscal (NIF ou NIPC): 9 dígitos
arg-responsible = nome da pessoa responsável (empresas)
arg-email = endereço de e-mail
arg-mobile = telemóvel; nove dígitos são um número português, os restantes levam + e o indicativo do país
arg-telephone = telefone, facultativo
arg-alerts = como receber os alertas: email, sms ou none (nenhum)
arg-channel = como receber o código: email, sms ou letter (por carta)
arg-accept_terms = aceitar os termos e condições do serviço, versão { -terms-version } (para os ler: ssd terms)
arg-until = avaliar o pedido só até este passo, sem o executar: identity ou channels
arg-activate-until = avaliar o pedido só até este passo, sem o executar: code
arg-recover-request-procedure = verificação de identidade: classic ou portal [classic]
arg-recover-confirm-until = avaliar o pedido só até este passo, sem o executar: code
arg-code = o código da mensagem
arg-password_stdin = ler a palavra-passe de uma linha da entrada padrão
arg-password_file = ler a palavra-passe de uma linha deste ficheiro
arg-method = password ou cmd (Chave Móvel Digital) [password]
arg-pin_stdin = ler o PIN da Chave Móvel Digital de uma linha da entrada padrão
arg-pin_file = ler o PIN da Chave Móvel Digital de uma linha deste ficheiro
arg-register-code = o código temporário da Chave Móvel Digital; sem ele, é enviado um
arg-login-code = o código do segundo fator, ou o temporário da Chave Móvel Digital; sem ele, é enviado um, se for exigido
arg-consent = autorizar a comunicação do nome, data de nascimento, identificação civil, NIF e NISS
arg-cmd-enrol-mobile = telemóvel que recebe os códigos; de qualquer país
arg-cmd-enrol-name = nome completo [o da ficha]
arg-cmd-enrol-birth_date = data de nascimento, AAAA-MM-DD [a da ficha]
arg-cmd-enrol-civil_id = número de identificação civil [o da ficha]
arg-cmd-enrol-nif = número de identificação fiscal [o da ficha]
arg-without_niss = o fornecedor não comunica o NISS
arg-generate = gerar os novos dígitos e mostrá-los
arg-new_code_stdin = ler os novos dígitos de uma linha da entrada padrão
arg-code_stdin = ler os dígitos de uma linha da entrada padrão
arg-call_stdin = ler o token da chamada de uma linha da entrada padrão
arg-reason = o motivo, para o registo de auditoria
arg-account-erase-reason = o motivo, para o registo de auditoria, sem identificar a pessoa
arg-purpose = finalidade: activation, recovery, contact_email, contact_mobile, login ou cmd
arg-outbox-list-purpose = só desta finalidade: activation, recovered, code_blocked, etc.
arg-outbox-list-channel = só por este canal: email, sms ou letter
arg-outbox-list-pending = só cartas ainda não impressas
arg-outbox-list-status = só com este estado: pending, dispatched, returned, failed ou lost
arg-messages = os números das mensagens
arg-outbox-returned-niss = sem número: a última carta para este titular
arg-outbox-returned-purpose = sem número: a finalidade da carta
arg-outbox-failed-niss = sem número: o último e-mail ou SMS para este titular
arg-outbox-failed-purpose = sem número: a finalidade da mensagem
arg-outbox-failed-channel = sem número: email ou sms
arg-outbox-failed-reason = porque não foi entregue: bounced (rejeitada) ou undeliverable (sem destino)
arg-outbox-print-pending = só cartas ainda não impressas
arg-template-out = escrever o formulário neste ficheiro
arg-outbox-print-out = o ficheiro PDF; só é escrito se a impressão for concluída
arg-manifest = um CSV com uma linha por carta: página, páginas, mensagem, NISS, finalidade, língua, morada, etc.
arg-outbox-print-limit = número máximo de cartas; as mais antigas
arg-outbox-print-niss = só deste titular
arg-eml = a pasta dos ficheiros; é criada, se não existir
arg-outbox-export-limit = número máximo de e-mails; os mais recentes
arg-outbox-export-niss = só deste titular
arg-outbox-export-purpose = só desta finalidade: activation, recovered, code_blocked, etc.
arg-state = só neste estado: requested, active, suspended ou closed
arg-limit = número máximo de linhas; as mais recentes [50 numa tabela; senão todas]
arg-account-list-limit = número máximo de linhas; as mais recentes [50 numa tabela; senão todas]
arg-registry-list-limit = número máximo de linhas; as primeiras [50 numa tabela; senão todas]
arg-registry-find-limit = número máximo de linhas; as primeiras [50 numa tabela; senão todas]
arg-messages-list-limit = número máximo de linhas; as mais recentes
arg-all = todas as linhas, também numa tabela
arg-count = mostrar só o número de linhas
arg-blocked = só contas com um bloqueio, ou com este: identity, login, activation, etc.
arg-due = só contas com um código válido ainda não usado
arg-actor = só entradas deste autor: o nome em SSD_OPERATOR
arg-audit-list-op = só entradas desta operação: login, account_unlock, etc.
arg-outcome = só entradas com este resultado: done (feito) ou refused (recusado)
arg-audit-list-reason = só recusas com este motivo: login_failed, code_wrong, etc.
arg-remark = só entradas cujo motivo, dado por um operador, tem estas palavras
arg-text = parte de um nome, data de nascimento, número ou e-mail
arg-kind = só deste tipo: decision (decisão), benefit (prestação) ou payment (pagamento)
arg-none = não há e-mail nem telemóvel
arg-target = o ID da sessão, indicado por `ssd session list`
arg-others = todas as sessões exceto esta
arg-unread = só as não lidas
arg-alerts-send-dry_run = simular numa cópia, com as respostas e mensagens que haveria
arg-since = só a partir deste dia ou hora: 2026-03-02, 02/03/2026, hoje, ontem, 7d (há sete dias) ou 2026-03-02T09:00:00Z
arg-account-list-until = só até este dia ou hora, incluído, como em --since
arg-account-history-until = só até este dia ou hora, incluído, como em --since
arg-account-timeline-until = só até este dia ou hora, incluído, como em --since
arg-audit-list-until = só até este dia ou hora, incluído, como em --since
arg-messages-list-until = só até este dia ou hora, incluído, como em --since
arg-outbox-list-until = só até este dia ou hora, incluído, como em --since
arg-outbox-print-until = só até este dia ou hora, incluído, como em --since
arg-outbox-export-until = só até este dia ou hora, incluído, como em --since
arg-report-until = só até este dia ou hora, incluído, como em --since
arg-audit-verify-since = só a partir desta âncora
arg-request = o número do pedido
arg-why-batch = explicar cada linha deste ficheiro de respostas que não foi feita
arg-outbox-list-niss = só deste titular
arg-registry-list-niss = só deste titular
arg-account-list-niss = só deste titular
arg-audit-list-niss = só deste titular
arg-state-hash-niss = só deste titular
arg-recover-request-channel = como receber o código: email ou sms
arg-login-channel = como receber o código do segundo fator: email ou sms [o telemóvel, se houver]
arg-contacts-confirm-channel = o contacto, pelo seu canal: email ou sms
arg-contacts-confirm-code = o código; sem ele, é enviado um
arg-contacts-update-email = um novo endereço de e-mail
arg-contacts-update-mobile = um novo telemóvel, de qualquer país
arg-contacts-update-telephone = um novo telefone
arg-contacts-remove-email = o endereço de e-mail
arg-contacts-remove-mobile = o telemóvel
arg-contacts-remove-telephone = o telefone
arg-message = o número da mensagem
arg-outbox-wait-purpose = só desta finalidade: activation, recovered, code_blocked, etc.
arg-timeout = tempo máximo de espera: 90s, 10m; 0s não espera [5s]
arg-print = o que mostrar: code, body ou json, igual a --json [code]
arg-key = a definição
arg-value = o novo valor
arg-advance = quanto adiantar: 90s, 10m, 24h, 8d, ou dias úteis, 8wd
arg-time = a nova hora: 2026-03-02T09:00:00Z
arg-sandbox = uma base de ensaio: com relógio acertado à mão e códigos que se repetem
arg-seed = semente de todos os valores aleatórios da base de ensaio [0]
arg-at = a hora na base de ensaio [2026-01-05T09:00:00Z]
arg-file = o ficheiro; - é a entrada padrão
arg-files = os cenários; - é a entrada padrão
arg-standard = só os requisitos de uma norma: nist (63A, 63B) ou asvs (ASVS, cheat sheets)
arg-junit = escrever um relatório JUnit neste ficheiro
arg-anonymise = substituir o titular por uma pessoa inventada
arg-keep = guardar a base de ensaio neste ficheiro; só com um FICHEIRO
arg-ics = escrever o calendário neste ficheiro
arg-html = escrever uma página completa neste ficheiro
arg-backup = a cópia, feita por `ssd store backup`
arg-backup_key = o ficheiro de chave da altura da cópia [CÓPIA.key, ou o da base de dados]
arg-replace = substituir uma base de dados existente, que fica guardada ao lado
arg-store-backup-file = o ficheiro da cópia; não pode já existir
arg-out = escrever as respostas neste ficheiro
arg-op = a operação de todas as linhas de um CSV
arg-jobs = número de threads que calculam o resumo (hash) das palavras-passe [o número de núcleos]
arg-group = número máximo de linhas por transação [1000]
arg-batch-dry_run = simular numa cópia, com as respostas e mensagens que haveria
arg-stop_on_refusal = parar na primeira linha que não seja feita
arg-resume = continuar um lote interrompido
arg-failed = escrever neste ficheiro as linhas que não forem feitas
arg-once = não fazer nenhuma linha duas vezes com este nome; cada linha precisa de um `id`
arg-batch-forget-name = o nome dado a `--once`
arg-explained = o motivo; sem ele, todos
arg-shell = bash, zsh, fish ou powershell
arg-topic = um tema, ou as palavras de um comando
arg-template = `registry`, `alerts`, ou uma operação de lotes, como `register`
arg-demo_folder = a pasta dos ficheiros [predefinição: ssd-demo]
arg-folder = a pasta; sem ela, é mostrada a página do próprio `ssd`
arg-rejects = escrever as linhas rejeitadas neste ficheiro: com nome terminado em .csv, linhas para corrigir; senão, um objeto JSON por erro
arg-encoding = auto, utf-8, windows-1252 ou utf-16 [auto: pela marca de ordem de bytes; sem ela, UTF-8]
arg-map = o cabeçalho de uma coluna cujo nome não é reconhecido; pode repetir-se
arg-ignore_unknown = deixar de fora as colunas desconhecidas e indicar quais
arg-dry_run = validar todas as linhas, sem carregar nenhuma

### Refusals, hints and messages

### Refusals: the sentence after "refused[reason]: "

refused-terms_not_accepted = os termos e condições do serviço não foram aceites
refused-not_confirmed = o resumo não foi confirmado; nada foi enviado
refused-account_type_mismatch = este titular não pode ter uma conta desse tipo
refused-account_type_mismatch-alerts = os alertas por e-mail ou SMS são só para cidadãos
refused-identity_mismatch = os dados não correspondem aos que constam no sistema da Segurança Social
refused-identity_blocked = houve demasiadas verificações de identidade falhadas; pode tentar novamente a partir das { $retry_at }
refused-already_registered = já existe uma conta ativa
refused-no_account = não existe conta para recuperar
refused-no_account-operator = não existe conta para este NISS
refused-no_account-login = não existe conta para iniciar sessão
refused-not_active = a conta não está ativa
refused-suspended = a conta está suspensa
refused-closed = a conta está encerrada
refused-channel_unavailable = o código não pode ser enviado por esse canal; canais possíveis: { $channels }
refused-no_channel = o código não pode ser enviado: nenhum contacto registado pode ser utilizado
refused-no_channel-reset = não há contacto nem morada para enviar o código
refused-too_soon = o último código ainda pode estar a caminho; pode pedir outro a partir das { $retry_at }
refused-too_many_codes = foram pedidos demasiados códigos; pode pedir outro a partir das { $retry_at }
refused-no_code = não foi enviado nenhum código desse tipo a este titular
refused-no_code-wiped = os códigos desse tipo enviados a este titular foram utilizados, substituídos ou expiraram, e foram apagados
refused-no_code-waited = não foi enviado nenhum código desse tipo a este titular em { $timeout }
refused-code_wrong = o código não está correto
refused-code_expired = o código expirou às { $expired_at }
refused-code_used = o código já foi utilizado
refused-code_superseded = esse código foi substituído por um mais recente ou anulado entretanto
refused-code_blocked = foram inseridos demasiados códigos errados; os códigos estão bloqueados até às { $retry_at }
refused-code_blocked-dead = foram inseridos demasiados códigos errados; esse código já não pode ser utilizado
refused-password_weak-short = a palavra-passe é demasiado curta
refused-password_weak-classes = a palavra-passe tem poucos tipos de caracteres
refused-password_weak-common = a palavra-passe é uma das mais comuns
refused-password_weak-guessable = a palavra-passe é fácil de adivinhar
refused-password_weak-personal = a palavra-passe é fácil de adivinhar por quem conhece o titular
refused-password_repeated = essa é a palavra-passe atual
refused-login_failed = não foi possível iniciar sessão com este NISS e esta palavra-passe
refused-login_locked = houve demasiadas tentativas falhadas; o início de sessão está bloqueado até às { $retry_at }
refused-login_locked-dead = houve demasiadas tentativas falhadas; esta palavra-passe já não pode ser utilizada
refused-enrolment_required = é exigido um código para iniciar sessão, e nenhum contacto está fidelizado para o receber
refused-enrolment_not_required = pode iniciar sessão sem este pedido
refused-last_contact = é o último contacto fidelizado para os códigos de início de sessão
refused-login_required-enrolment = esta sessão serve só para fidelizar um contacto
refused-login_required = não há sessão iniciada
refused-login_required-ended = a sessão terminou
refused-login_required-stale = para este pedido é necessário um início de sessão mais recente
refused-contact_unchanged = { $kind ->
    [email] esse já é o endereço de e-mail registado
    [mobile] esse já é o telemóvel registado
   *[telephone] esse já é o telefone registado
  }
refused-contact_unchanged-registered = há { $kind ->
    [email] um endereço de e-mail registado
   *[mobile] um telemóvel registado
  }
refused-contact_unchanged-absent = { $kind ->
    [email] não há endereço de e-mail para remover
    [mobile] não há telemóvel para remover
   *[telephone] não há telefone para remover
  }
refused-nothing_to_confirm = não há nenhum contacto desse tipo por confirmar
refused-phone_code_missing = ainda não existe código de segurança
refused-phone_code_exists = já existe código de segurança
refused-phone_code_trivial = o código de segurança é demasiado fácil de adivinhar
refused-phone_code_unchanged = esse é o código de segurança atual
refused-phone_code_wrong = o código de segurança não está correto
refused-phone_code_blocked = foram inseridos demasiados códigos errados; o código de segurança está bloqueado até ser alterado ou desbloqueado
refused-phone_code_blocked-dead = foram inseridos demasiados códigos errados; este código de segurança já não pode ser utilizado
refused-cmd_not_enrolled = o fornecedor de autenticação não tem nenhuma Chave Móvel Digital deste titular
refused-cmd_enrolled = o fornecedor de autenticação já tem uma Chave Móvel Digital deste titular
refused-cmd_pin_wrong = o PIN não está correto
refused-cmd_code_wrong = o código temporário não está correto
refused-cmd_code_expired = o código temporário expirou às { $expired_at }
refused-cmd_blocked = foram inseridos demasiados PIN ou códigos temporários errados; a Chave Móvel Digital está bloqueada até às { $retry_at }
refused-cmd_blocked-dead = foram inseridos demasiados PIN ou códigos temporários errados; esta Chave Móvel Digital já não pode ser utilizada
refused-consent_refused = a comunicação dos dados não foi autorizada
refused-call_required = não há nenhuma chamada identificada em curso
refused-sandbox_only-dry_run = nesta base de dados, um ensaio não verifica nem mostra códigos, PIN, palavras-passe ou tokens
refused-sandbox_only-outbox = só uma base de ensaio aceita um substituto do código (@outbox)
refused-sandbox_only = só uma base de ensaio tem semente e um relógio que se acerta
refused-real_only-clock = uma base de ensaio tem o seu próprio relógio, que não segue o do sistema
refused-real_only = uma base de ensaio não tem ficheiro de chave: a chave resulta da semente
refused-clock_backwards = o relógio só avança; marca agora { $now }
refused-not_in_registry = a base de registos não tem uma ficha com este NISS
refused-holder_inactive = segundo a base de registos, este titular faleceu ou cessou atividade
refused-not_suspended = a conta não está suspensa
refused-no_session = não há nenhuma sessão aberta com este ID
refused-no_message = não existe a mensagem { $id }
refused-no_message-sent = não foi enviada nenhuma mensagem desse tipo a este titular
refused-no_message-waited = não foi enviada nenhuma mensagem desse tipo a este titular em { $timeout }
refused-not_dispatched = a mensagem { $id } ainda não foi enviada
refused-delivery_recorded = o resultado da entrega da mensagem { $id } já foi registado às { $at }
refused-channel_mismatch-letter = a mensagem { $id } é uma carta, que só pode ser devolvida pelos correios
refused-channel_mismatch = a mensagem { $id } é um e-mail ou SMS; só as cartas são devolvidas pelos correios
refused-no_request = o registo de auditoria não tem a entrada { $id }
refused-explained = explicação: ssd explain { $reason }

### Hints: a step that works now

hint-wait = aguarde até às { $retry_at }
hint-wait-or-call = aguarde até às { $retry_at }, ou ligue para a Linha Segurança Social: { -line-numbers }, { -line-hours }
hint-wait-or-recover = aguarde até às { $retry_at }; uma recuperação (ssd recover request) também levanta o bloqueio
hint-call = ligue para a Linha Segurança Social: { -line-numbers }, { -line-hours }
hint-check-or-call = verifique os dados; se estiverem corretos, ligue para a Linha Segurança Social: { -line-numbers }, { -line-hours }
hint-accept-terms = leia os termos e condições (ssd terms) e, se concordar, acrescente --accept-terms
hint-account-type = escolha o tipo de conta com --account-type { $account_type }
hint-channels = escolha outro canal: { $options }
hint-use-code-or-wait = utilize o código que foi enviado, ou aguarde até às { $until }
hint-wait-until = aguarde até às { $until }
hint-newest-code = utilize o último código enviado
hint-check-code = verifique a mensagem e utilize o último código enviado; se não houver nenhum, peça um
hint-another-code = peça outro código, pelo menos { $wait } depois do último
hint-another-code-now = peça outro código: { $command }
hint-another-code-later = pode pedir outro código a partir das { $until }: { $command }
hint-log-in = inicie sessão: ssd login { $niss } --password-stdin
hint-enrol-second-factor = peça um código: ssd second-factor enrol { $niss } --password-stdin
hint-log-in-cmd = inicie sessão: ssd login { $niss } --method cmd --pin-stdin
hint-log-in-later = pode voltar a iniciar sessão a partir das { $until }
hint-log-in-first = inicie sessão: SSD_SESSION=$(ssd login NISS --password-stdin); export SSD_SESSION
hint-recover = defina uma nova palavra-passe: { $command }
hint-new-password = defina uma nova palavra-passe por recuperação (ssd recover request), ou ligue para a Linha Segurança Social: { -line-numbers }
hint-check-login = verifique o NISS e a palavra-passe; se perdeu a palavra-passe, defina outra com ssd recover request
hint-register = registe-se: ssd register
hint-password-longer = utilize pelo menos { $least } caracteres; várias palavras seguidas são uma boa escolha
hint-password-classes = utilize três destes tipos: letras minúsculas, letras maiúsculas, dígitos, outros caracteres
hint-password-uncommon = utilize outra, por exemplo várias palavras sem relação entre si
hint-password-words = utilize várias palavras sem relação entre si, ou mais caracteres
hint-password-stranger = não utilize os seus nomes, datas, números e contactos
hint-other-password = escolha outra palavra-passe
hint-confirm-as-it-stands = para confirmar o contacto registado: ssd contacts confirm --channel { $channel }
hint-update-contacts = proponha primeiro um contacto: ssd contacts update
hint-change-phone-code = altere-o: ssd phone-code change --generate
hint-set-phone-code = obtenha um: ssd phone-code set
hint-other-digits = escolha outros dígitos, ou gere-os: ssd phone-code change --generate
hint-check-phone-code = insira de novo os seis dígitos; o titular pode alterá-los (ssd phone-code change)
hint-phone-code-blocked = o titular pode alterá-lo (ssd phone-code change), ou um operador desbloqueá-lo (ssd account unlock)
hint-cmd-enrol = ative-a primeiro no fornecedor: ssd cmd enrol
hint-cmd-revoke = cancele-a primeiro: ssd cmd revoke { $niss }
hint-cmd-pin = insira de novo o PIN; demasiados PIN errados seguidos bloqueiam a Chave Móvel Digital
hint-cmd-code = utilize o último código enviado; para pedir outro, repita o comando sem --code
hint-cmd-another-code = peça outro: repita o comando sem --code
hint-cmd-another-code-later = pode pedir outro a partir das { $until }: repita o comando sem --code
hint-cmd-blocked = aguarde até às { $retry_at }, ou peça a um operador que a desbloqueie (ssd account unlock)
hint-cmd-disabled = peça a um operador que a cancele e a ative de novo: ssd cmd revoke, ssd cmd enrol
hint-consent = se concordar, acrescente --consent; o código continua válido até às { $until }
hint-register-cmd = registe-se: { $command }
hint-activate = ative-a com o código que foi enviado: ssd activate { $niss }
hint-identify-caller = identifique quem liga: SSD_CALL=$(ssd phone-line NISS --code-stdin); export SSD_CALL
hint-sandbox-of-registry = crie uma base de ensaio com as mesmas pessoas: ssd --store FICHEIRO init --sandbox e, depois, ssd --store FICHEIRO registry import REGISTOS
hint-sandbox = crie uma base de ensaio: ssd --store FICHEIRO init --sandbox
hint-outbox-list = veja as mensagens enviadas: ssd outbox list
hint-print-letters = imprima-a primeiro: ssd outbox print --pending --out letters.pdf
hint-record-returned = registe a devolução: ssd outbox returned { $id }
hint-record-failed = registe que não foi entregue: ssd outbox failed { $id } --reason bounced
hint-session-list = veja as sessões: ssd session list
hint-messages-list = veja as mensagens recebidas: ssd messages list
hint-audit-list = veja as entradas: ssd audit list
hint-nothing-stored = não há dados com este NISS: verifique se há um erro de digitação
hint-real = crie uma base de dados que não seja de ensaio: ssd --store FICHEIRO init
hint-code-wiped = peça outro, conforme a finalidade: ssd register, ssd recover request ou ssd contacts confirm
hint-no-code = veja o que foi enviado: ssd outbox list --niss NISS
hint-look = veja o estado da conta: ssd account show { $niss }
hint-look-up = veja a ficha do titular: ssd registry show { $niss }
hint-import = atualize a ficha do titular: ssd registry import FICHEIRO
hint-later-sandbox = para uma hora anterior, crie outra base de ensaio: ssd --store FICHEIRO init --sandbox --at HORA
hint-remove-contact = remova-o primeiro: ssd contacts remove --{ $kind }
hint-see-contacts = veja os contactos: ssd contacts show
hint-resume = para levantar a suspensão: ssd account resume { $niss } --reason TEXTO
hint-reset = para reabrir a conta: ssd account reset { $niss } --reason TEXTO

### The terms of the service: their version, which `domain/terms.rs` has too, and `ssd terms` in Markdown

-terms-version = 2026-11
terms =
    # Termos e condições da Segurança Social Direta

    Versão { -terms-version }

    Estes termos aplicam-se a uma conta na Segurança Social Direta.

    - A conta é do seu titular. Uma empresa decide quem utiliza a sua conta.
    - Os dados que indica têm de ser verdadeiros. Mantenha os contactos atualizados e confirmados.
    - Não divulgue a palavra-passe nem os códigos. A Segurança Social nunca os pede.
    - Os códigos e os avisos são enviados para os contactos ou para a morada que constam na Segurança Social.
    - Se suspeitar que outra pessoa utiliza a sua conta, altere a palavra-passe e ligue para a Linha Segurança Social: { -line-numbers }, { -line-hours }. Do estrangeiro, ligue { -line-number-abroad }.
    - Os seus dados são utilizados só para a sua conta e para o que pede à Segurança Social. Pode pedir uma cópia dos dados ou a sua retificação.
    - Uma conta utilizada indevidamente pode ser suspensa ou encerrada. Pode pedir o encerramento da sua conta em qualquer altura.
    - Cada registo guarda a versão dos termos que foi aceite.

    Este é o texto deste programa. Os termos em vigor são publicados pela Segurança Social.

### The Social Security Line: its numbers and hours. In a message that leaves Portugal, $abroad is yes

-line-number = 210 545 400
-line-number-abroad = +351 { -line-number }
-line-numbers = { -line-number } ou 300 502 502
-line-hours = dias úteis das 9h00 às 18h00
customer-number = { $abroad ->
        [yes] { -line-number-abroad }
       *[no] { -line-number }
    }
lisbon-time = { $abroad ->
        [yes] {" (hora de Lisboa)"}
       *[no] {""}
    }
customer-line = { $abroad ->
        [yes] Linha Segurança Social: { -line-number-abroad }, { -line-hours } (hora de Lisboa)
       *[no] Linha Segurança Social: { -line-numbers }, { -line-hours }
    }

### Messages to holders: no links, no requests for codes or passwords. An SMS has at most 160 characters of GSM 03.38.

message-greeting = { $holder ->
        [company] { $name }
            Exmos. Senhores,
        [company-by-letter] Exmos. Senhores,
        [nobody] Exmo.(a) Senhor(a),
       *[citizen] Exmo.(a) Senhor(a) { $name },
    }
message-closing = Com os melhores cumprimentos,
    Segurança Social

    Esta é uma mensagem automática. Por favor, não responda. Nunca pedimos a sua palavra-passe nem os seus códigos de verificação por e-mail, SMS ou telefone.
    { customer-line }.
message-closing-letter = Com os melhores cumprimentos,
    Segurança Social

    Esta carta não carece de resposta. Nunca pedimos a sua palavra-passe nem os seus códigos de verificação por e-mail, SMS ou telefone.
    { customer-line }.

letter-head = SEGURANÇA SOCIAL
letter-head-service = Segurança Social Direta
letter-sender = Remetente: { $sender }, Portugal
letter-reference = Nossa referência: SSD/{ $year }/{ $id }
letter-niss = NISS: { $niss }
letter-number = Carta n.º { $id }
letters-title = Cartas

message-activation-subject = O seu código para ativar a conta
message-activation = Recebemos um pedido de acesso à Segurança Social Direta em seu nome.

    O seu código de verificação: { $code }

    Para ativar a conta, escolha «Ativar conta», insira o NISS e este código e defina a sua palavra-passe. O código é válido até às { $expires_at }{ lisbon-time } e só pode ser utilizado uma vez. Não o divulgue a ninguém. Se não o pediu, ligue para a Linha Segurança Social.
message-activation-letter = Recebemos um pedido de acesso à Segurança Social Direta em seu nome.

    O seu código de verificação: { $code }

    Para ativar a conta na Segurança Social Direta:
    1. Aceda a «Ativar conta».
    2. Insira o NISS.
    3. Insira este código de verificação e confirme-o. Depois, defina a sua palavra-passe.

    O código é válido até ao dia { $expires_on }, inclusive, e só pode ser utilizado uma vez. Não o divulgue a ninguém. Se não o pediu, ligue para a Linha Segurança Social.
message-activation-sms = Seguranca Social Direta: codigo { $code } para ativar a conta, valido ate { $expires_at }. Nao o divulgue. Se nao o pediu, ligue { customer-number }.
message-activation-reset-subject = O seu código para ativar a conta de novo
message-activation-reset = A sua conta na Segurança Social Direta foi reiniciada pela Segurança Social. Para voltar a utilizá-la, ative-a com este código.

    O seu código de verificação: { $code }

    Escolha «Ativar conta», insira o NISS e este código e defina uma nova palavra-passe. O código é válido até às { $expires_at }{ lisbon-time } e só pode ser utilizado uma vez. Não o divulgue a ninguém. Para esclarecimentos, ligue para a Linha Segurança Social.
message-activation-reset-letter = A sua conta na Segurança Social Direta foi reiniciada pela Segurança Social. Para voltar a utilizá-la, ative-a com este código.

    O seu código de verificação: { $code }

    Para ativar a conta na Segurança Social Direta:
    1. Aceda a «Ativar conta».
    2. Insira o NISS.
    3. Insira este código de verificação e confirme-o. Depois, defina uma nova palavra-passe.

    O código é válido até ao dia { $expires_on }, inclusive, e só pode ser utilizado uma vez. Não o divulgue a ninguém. Para esclarecimentos, ligue para a Linha Segurança Social.
message-activation-reset-sms = Seguranca Social Direta: a sua conta foi reiniciada. Codigo para a ativar de novo: { $code }, valido ate { $expires_at }. Nao o divulgue.

message-recovery-subject = O seu código para definir uma nova palavra-passe
message-recovery = Foi pedida uma nova palavra-passe para a sua conta na Segurança Social Direta.

    O seu código de verificação: { $code }

    Insira este código na página em que o pediu e defina a nova palavra-passe. O código é válido até às { $expires_at }{ lisbon-time } e só pode ser utilizado uma vez. Enquanto não for utilizado, nada muda na sua conta. Não o divulgue a ninguém. Se não o pediu, ligue para a Linha Segurança Social.
message-recovery-sms = Seguranca Social Direta: codigo { $code } para nova palavra-passe, valido ate { $expires_at }. Nao o divulgue. Nao o pediu? Ligue { customer-number }.

message-contact_email-subject = Confirme este endereço de e-mail
message-contact_email = Este endereço de e-mail foi indicado como contacto na Segurança Social Direta.

    O seu código de verificação: { $code }

    Utilize este código para confirmar (fidelizar) o endereço. O código é válido até às { $expires_at }{ lisbon-time } e só pode ser utilizado uma vez. Não o divulgue a ninguém. Se não o pediu, ignore esta mensagem.
message-contact_mobile-sms = Seguranca Social Direta: codigo { $code } para confirmar este telemovel, valido ate { $expires_at }. Nao o divulgue. Se nao o pediu, ignore-o.

message-login-subject = O seu código para iniciar sessão
message-login = A sua palavra-passe acabou de ser inserida na Segurança Social Direta. Para concluir o início de sessão, utilize este código.

    O seu código de verificação: { $code }

    O código é válido até às { $expires_at }{ lisbon-time } e só pode ser utilizado uma vez. Não o divulgue a ninguém. Se não tentou iniciar sessão, altere a sua palavra-passe, porque outra pessoa a conhece.
message-login-sms = Seguranca Social Direta: codigo { $code } para iniciar sessao, valido ate { $expires_at }. Nao o divulgue. Se nao o pediu, altere a palavra-passe.

message-login-enrolment-subject = O seu código para iniciar sessão
message-login-enrolment = Foi pedido um código para iniciar sessão na sua conta da Segurança Social Direta e fidelizar um contacto.

    O seu código de verificação: { $code }

    Inicie sessão com o NISS e a palavra-passe e insira este código. O código é válido até às { $expires_at }{ lisbon-time } e só pode ser utilizado uma vez. Não o divulgue a ninguém. Se não o pediu, ligue para a Linha Segurança Social.
message-login-enrolment-letter = Foi pedido um código para iniciar sessão na sua conta da Segurança Social Direta e fidelizar um contacto.

    O seu código de verificação: { $code }

    Para fidelizar um contacto na Segurança Social Direta:
    1. Inicie sessão com o NISS e a palavra-passe.
    2. Insira este código de verificação.
    3. Indique o seu e-mail ou telemóvel e fidelize-o.

    O código é válido até ao dia { $expires_on }, inclusive, e só pode ser utilizado uma vez. Não o divulgue a ninguém. Se não o pediu, ligue para a Linha Segurança Social.

message-cmd-sms = Chave Movel Digital: codigo temporario { $code }, valido ate { $expires_at }. Nao o divulgue. Se nao o pediu, altere o PIN.

message-cmd_blocked-sms = Chave Movel Digital: bloqueada por demasiados PIN ou codigos errados. Se nao os inseriu, ligue para a sua linha de apoio.

message-activated-subject = A sua conta está ativa
message-activated = A sua conta na Segurança Social Direta está ativa e a palavra-passe foi definida. Após a autenticação, deve atualizar e fidelizar os seus contactos. Se não reconhece esta alteração, ligue de imediato para a Linha Segurança Social.
message-activated-sms = Seguranca Social Direta: a sua conta esta ativa e a palavra-passe foi definida. Se nao reconhece esta alteracao, ligue ja { customer-number }.

message-activated-cmd-subject = A sua conta está ativa
message-activated-cmd = A sua conta na Segurança Social Direta foi ativada com a Chave Móvel Digital e não tem palavra-passe. Após a autenticação, deve atualizar e fidelizar os seus contactos. Se não reconhece esta alteração, ligue de imediato para a Linha Segurança Social.
message-activated-cmd-sms = Seguranca Social Direta: a sua conta foi ativada com a Chave Movel Digital. Se nao reconhece esta alteracao, ligue ja { customer-number }.

message-password_changed-subject = A sua palavra-passe foi alterada
message-password_changed = A palavra-passe da sua conta na Segurança Social Direta foi alterada. Se não reconhece esta alteração, ligue de imediato para a Linha Segurança Social.
message-password_changed-sms = Seguranca Social Direta: a sua palavra-passe foi alterada. Se nao reconhece esta alteracao, ligue ja { customer-number }.

message-password_changed-first-subject = Foi definida uma palavra-passe
message-password_changed-first = Foi definida uma palavra-passe para a sua conta na Segurança Social Direta, que não tinha nenhuma. Se não reconhece esta alteração, ligue de imediato para a Linha Segurança Social.
message-password_changed-first-sms = Seguranca Social Direta: foi definida uma palavra-passe para a sua conta. Se nao reconhece esta alteracao, ligue ja { customer-number }.

message-recovered-subject = Foi definida uma palavra-passe
message-recovered = Foi definida uma palavra-passe para a sua conta na Segurança Social Direta, com um código de verificação, e a conta está ativa. Todas as sessões abertas foram terminadas. Se não reconhece esta alteração, ligue de imediato para a Linha Segurança Social.
message-recovered-sms = Seguranca Social Direta: foi definida uma palavra-passe com um codigo e a conta esta ativa. Se nao reconhece isto, ligue ja { customer-number }.

message-second_factor_enrolment-subject = Foi pedido um código para iniciar sessão
message-second_factor_enrolment = Foi pedido um código para iniciar sessão na Segurança Social Direta, com a sua palavra-passe e os seus dados, porque a conta não tem nenhum contacto fidelizado. Este código permite fidelizar um contacto. Se não reconhece este pedido, ligue de imediato para a Linha Segurança Social.
message-second_factor_enrolment-sms = Seguranca Social Direta: foi pedido um codigo para iniciar sessao e fidelizar um contacto. Se nao o pediu, ligue ja { customer-number }.

message-login_locked-subject = O início de sessão foi bloqueado
message-login_locked = Houve demasiadas tentativas falhadas de início de sessão na sua conta da Segurança Social Direta. O início de sessão está bloqueado até às { $until }{ lisbon-time }. Se não reconhece estas tentativas, a sua palavra-passe continua segura. Pode definir uma nova a qualquer momento em «Perdi a minha palavra-passe».
message-login_locked-letter = Houve demasiadas tentativas falhadas de início de sessão na sua conta da Segurança Social Direta. O início de sessão foi bloqueado até às { $until }{ lisbon-time }. Se não reconhece estas tentativas, a sua palavra-passe continua segura. Se perdeu a palavra-passe, ligue para a Linha Segurança Social.
message-login_locked-sms = Seguranca Social Direta: inicio de sessao bloqueado ate { $until }, por demasiadas tentativas. Duvidas: { customer-number }.
message-login_locked-dead-subject = A sua palavra-passe já não pode ser utilizada
message-login_locked-dead = Houve demasiadas tentativas falhadas de início de sessão na sua conta da Segurança Social Direta. A sua palavra-passe já não pode ser utilizada. Defina uma nova em «Perdi a minha palavra-passe».
message-login_locked-dead-letter = Houve demasiadas tentativas falhadas de início de sessão na sua conta da Segurança Social Direta. A sua palavra-passe já não pode ser utilizada. Para definir uma nova, ligue para a Linha Segurança Social.
message-login_locked-dead-sms = Seguranca Social Direta: demasiadas tentativas falhadas; a palavra-passe ja nao e valida. Use "Perdi a minha palavra-passe" ou ligue { customer-number }.
message-login_locked-no_password-subject = O início de sessão com palavra-passe foi bloqueado
message-login_locked-no_password = Houve demasiadas tentativas falhadas de início de sessão na Segurança Social Direta com o seu NISS e uma palavra-passe. O início de sessão com palavra-passe está bloqueado até às { $until }{ lisbon-time }. A sua conta não tem palavra-passe, pelo que ninguém pode iniciar sessão desta forma. Não precisa de fazer nada.
message-login_locked-no_password-letter = Houve demasiadas tentativas falhadas de início de sessão na Segurança Social Direta com o seu NISS e uma palavra-passe. O início de sessão com palavra-passe foi bloqueado até às { $until }{ lisbon-time }. A sua conta não tem palavra-passe, pelo que ninguém pode iniciar sessão desta forma. Não precisa de fazer nada.
message-login_locked-no_password-sms = Seguranca Social Direta: inicio de sessao com palavra-passe bloqueado ate { $until }. A conta nao tem palavra-passe. Duvidas: { customer-number }.
message-login_locked-no_password-dead-subject = O início de sessão com palavra-passe está bloqueado
message-login_locked-no_password-dead = Houve demasiadas tentativas falhadas de início de sessão na Segurança Social Direta com o seu NISS e uma palavra-passe. O início de sessão com palavra-passe está bloqueado até definir uma. A sua conta não tem palavra-passe, pelo que ninguém pode iniciar sessão desta forma. Não precisa de fazer nada.
message-login_locked-no_password-dead-sms = Seguranca Social Direta: inicio de sessao com palavra-passe bloqueado ate definir uma. A conta nao tem palavra-passe. Duvidas: { customer-number }.

message-code_blocked-subject = Os códigos de verificação foram bloqueados
message-code_blocked = Foram inseridos demasiados códigos de verificação errados para a sua conta na Segurança Social Direta. Os códigos estão bloqueados até às { $until }{ lisbon-time }. Se não reconhece estas tentativas, não precisa de fazer nada.
message-code_blocked-letter = Foram inseridos demasiados códigos de verificação errados para a sua conta na Segurança Social Direta. Os códigos foram bloqueados até às { $until }{ lisbon-time }. Se não reconhece estas tentativas, não precisa de fazer nada.
message-code_blocked-sms = Seguranca Social Direta: codigos bloqueados ate { $until }, por demasiados codigos errados. Duvidas: { customer-number }.
message-code_blocked-dead-subject = O seu código de verificação já não pode ser utilizado
message-code_blocked-dead = Foram inseridos demasiados códigos de verificação errados para a sua conta na Segurança Social Direta. O código enviado já não pode ser utilizado. Pode pedir outro. Se não reconhece estas tentativas, não precisa de fazer nada.
message-code_blocked-dead-sms = Seguranca Social Direta: o codigo enviado ja nao pode ser utilizado, por demasiados codigos errados. Pode pedir outro.
message-code_blocked-insider-subject = Os códigos de verificação foram bloqueados
message-code_blocked-insider = Foram inseridos demasiados códigos de verificação errados na sua conta da Segurança Social Direta. Os códigos estão bloqueados até às { $until }{ lisbon-time }. Se não reconhece estas tentativas, outra pessoa pode ter acesso à sua conta: ligue de imediato para a Linha Segurança Social.
message-code_blocked-insider-letter = Foram inseridos demasiados códigos de verificação errados na sua conta da Segurança Social Direta. Os códigos foram bloqueados até às { $until }{ lisbon-time }. Se não reconhece estas tentativas, outra pessoa pode ter acesso à sua conta: ligue de imediato para a Linha Segurança Social.
message-code_blocked-insider-sms = Seguranca Social Direta: codigos bloqueados ate { $until }, por demasiados codigos errados. Se nao os inseriu, ligue ja { customer-number }.
message-code_blocked-insider-dead-subject = O seu código de verificação já não pode ser utilizado
message-code_blocked-insider-dead = Foram inseridos demasiados códigos de verificação errados na sua conta da Segurança Social Direta. O código enviado já não pode ser utilizado. Pode pedir outro. Se não reconhece estas tentativas, outra pessoa pode ter acesso à sua conta: ligue de imediato para a Linha Segurança Social.
message-code_blocked-insider-dead-sms = Seguranca Social Direta: o codigo enviado ja nao serve, por demasiados codigos errados. Se nao os inseriu, ligue ja { customer-number }.

message-phone_code_blocked-dead-subject = O seu código de segurança está bloqueado
message-phone_code_blocked-dead = Foram inseridos demasiados códigos de segurança errados em seu nome na Linha Segurança Social. O seu código de segurança está bloqueado. Inicie sessão na Segurança Social Direta e defina outro. Se não reconhece estas tentativas, ligue para a Linha Segurança Social.
message-phone_code_blocked-dead-sms = Seguranca Social Direta: o seu codigo de seguranca para atendimento telefonico foi bloqueado, por demasiados erros. Altere-o. Duvidas: { customer-number }.

message-phone_code_changed-removed-subject = O seu código de segurança foi removido
message-phone_code_changed-removed = Foi removido na Segurança Social Direta o seu código de segurança para atendimento telefónico. Se não reconhece esta alteração, ligue de imediato para a Linha Segurança Social.
message-phone_code_changed-removed-sms = Seguranca Social Direta: foi removido o seu codigo de seguranca para atendimento telefonico. Se nao o removeu, ligue ja { customer-number }.
message-phone_code_set-subject = Foi definido o seu código de segurança
message-phone_code_set = Foi definido na Segurança Social Direta o seu código de segurança para atendimento telefónico. Se não reconhece esta alteração, ligue de imediato para a Linha Segurança Social.
message-phone_code_set-sms = Seguranca Social Direta: foi definido o seu codigo de seguranca para atendimento telefonico. Se nao o definiu, ligue ja { customer-number }.

message-phone_code_changed-subject = O seu código de segurança foi alterado
message-phone_code_changed = O seu código de segurança para atendimento telefónico foi alterado na Segurança Social Direta. Se não reconhece esta alteração, ligue de imediato para a Linha Segurança Social.
message-phone_code_changed-sms = Seguranca Social Direta: foi alterado o seu codigo de seguranca para atendimento telefonico. Se nao o alterou, ligue ja { customer-number }.

message-suspended-subject = A sua conta foi suspensa
message-suspended = A sua conta na Segurança Social Direta foi suspensa pela Segurança Social. Não pode iniciar sessão até ser reativada. Para esclarecimentos, ligue para a Linha Segurança Social.
message-suspended-sms = Seguranca Social Direta: a sua conta foi suspensa pela Seguranca Social. Nao pode iniciar sessao. Para esclarecimentos, ligue { customer-number }.

message-resumed-subject = A sua conta está novamente ativa
message-resumed = A sua conta na Segurança Social Direta está novamente ativa. Pode iniciar sessão como antes.
message-resumed-sms = Seguranca Social Direta: a sua conta esta novamente ativa. Pode iniciar sessao como antes.

message-reset-subject = A sua conta foi reiniciada
message-reset = A sua conta na Segurança Social Direta foi reiniciada pela Segurança Social. A palavra-passe e o código de segurança anteriores, se existiam, deixaram de ser válidos. Vai receber um código de verificação para ativar a conta de novo. Para esclarecimentos, ligue para a Linha Segurança Social.
message-reset-sms = Seguranca Social Direta: a sua conta foi reiniciada. Vai receber um codigo para a ativar de novo. Duvidas: { customer-number }.

message-closed-subject = A sua conta foi encerrada
message-closed = A sua conta na Segurança Social Direta foi encerrada. Já não é possível iniciar sessão. Para esclarecimentos, ligue para a Linha Segurança Social.
message-closed-sms = Seguranca Social Direta: a sua conta foi encerrada. Para esclarecimentos, ligue { customer-number }.

message-contact_changed-subject = Este contacto foi substituído
message-contact_changed = Este contacto foi substituído por outro na Segurança Social Direta. Se não reconhece esta alteração, ligue de imediato para a Linha Segurança Social.
message-contact_changed-sms = Seguranca Social Direta: este contacto foi substituido por outro. Se nao reconhece esta alteracao, ligue ja { customer-number }.

message-contact_changed-other-subject = Um contacto foi alterado
message-contact_changed-other = { $kind ->
        [email] O seu endereço de e-mail registado na Segurança Social Direta foi alterado.
       *[mobile] O seu número de telemóvel registado na Segurança Social Direta foi alterado.
    } Se não reconhece esta alteração, ligue de imediato para a Linha Segurança Social.
message-contact_changed-other-sms = { $kind ->
        [email] Seguranca Social Direta: o seu e-mail registado foi alterado.
       *[mobile] Seguranca Social Direta: o seu telemovel registado foi alterado.
    } Se nao reconhece esta alteracao, ligue ja { customer-number }.
message-contact_changed-added-subject = Um contacto foi acrescentado
message-contact_changed-added = { $kind ->
        [email] Foi acrescentado um endereço de e-mail aos seus dados na Segurança Social Direta.
       *[mobile] Foi acrescentado um número de telemóvel aos seus dados na Segurança Social Direta.
    } Se não reconhece esta alteração, ligue de imediato para a Linha Segurança Social.
message-contact_changed-added-sms = { $kind ->
        [email] Seguranca Social Direta: foi acrescentado um e-mail aos seus dados.
       *[mobile] Seguranca Social Direta: foi acrescentado um telemovel aos seus dados.
    } Se nao reconhece esta alteracao, ligue ja { customer-number }.
message-contact_removed-subject = Este contacto foi removido
message-contact_removed = Este contacto foi removido dos seus dados na Segurança Social Direta. Se não reconhece esta alteração, ligue de imediato para a Linha Segurança Social.
message-contact_removed-sms = Seguranca Social Direta: este contacto foi removido dos seus dados. Se nao reconhece esta alteracao, ligue ja { customer-number }.
message-contact_removed-other-subject = Um contacto foi removido
message-contact_removed-other = { $kind ->
        [email] O seu endereço de e-mail registado foi removido dos seus dados na Segurança Social Direta.
       *[mobile] O seu número de telemóvel registado foi removido dos seus dados na Segurança Social Direta.
    } Se não reconhece esta alteração, ligue de imediato para a Linha Segurança Social.
message-contact_removed-other-sms = { $kind ->
        [email] Seguranca Social Direta: o seu e-mail registado foi removido.
       *[mobile] Seguranca Social Direta: o seu telemovel registado foi removido.
    } Se nao reconhece esta alteracao, ligue ja { customer-number }.

### What a reason means, its cause and what to do (`ssd explain`)

explained = { $reason }

    { $meaning }

    Causa: { $cause }

    O que fazer: { $next }

explain-terms_not_accepted = Os termos e condições do serviço não foram aceites.
explain-terms_not_accepted-cause = Fora de um terminal, o pedido não tinha --accept-terms. Num terminal, a resposta à pergunta foi não.
explain-terms_not_accepted-next = Leia os termos e condições com `ssd terms`. Se concordar, repita o pedido com --accept-terms.

explain-not_confirmed = O resumo do registo não foi confirmado. Nada foi enviado nem guardado.
explain-not_confirmed-cause = Num terminal, a resposta à pergunta sobre o resumo foi não, e depois nada foi corrigido.
explain-not_confirmed-next = Registe-se de novo. Depois de um não, escolha o dado a corrigir.

explain-account_type_mismatch = O titular não pode ter uma conta do tipo pedido, ou não pode ter alertas.
explain-account_type_mismatch-cause = Um cidadão tem uma conta do tipo `citizen`. Uma entidade empregadora, mesmo que seja pessoa singular, e uma pessoa coletiva têm uma do tipo `company`. Os alertas por e-mail ou SMS são só para cidadãos. Esta resposta só é dada depois da verificação de identidade.
explain-account_type_mismatch-next = Repita o pedido com o --account-type que a sugestão indica. As empresas encontram os alertas nas mensagens recebidas: `ssd messages list`.

explain-identity_mismatch = Os dados indicados não correspondem aos que constam no sistema da Segurança Social.
explain-identity_mismatch-cause = Todos os dados são comparados antes da resposta. A resposta é a mesma para um NISS desconhecido, para um titular que faleceu ou cessou atividade e para qualquer dado errado. Assim, ninguém fica a saber que dado estava correto. Cada verificação falhada é contada.
explain-identity_mismatch-next = Verifique se cada dado está como nos documentos. Se todos estiverem corretos, ligue para a Linha Segurança Social para corrigir os dados registados. Um operador pode ver os campos diferentes: ssd why PEDIDO.

explain-identity_blocked = As verificações de identidade para este NISS estão bloqueadas por algum tempo.
explain-identity_blocked-cause = Houve demasiadas verificações falhadas dentro do prazo (política identity.failures, identity.window). O registo de conta e a recuperação partilham a contagem. Durante o bloqueio nada é comparado nem contado.
explain-identity_blocked-next = Aguarde até retry_at. Um operador pode levantar o bloqueio: ssd account unlock.

explain-already_registered = O titular já tem uma conta ativa.
explain-already_registered-cause = A conta foi registada e ativada antes. Esta resposta só é dada depois da verificação de identidade.
explain-already_registered-next = Inicie sessão (ssd login). Se perdeu a palavra-passe, defina uma nova (ssd recover).

explain-no_account = O titular não tem conta.
explain-no_account-cause = A conta nunca foi criada, ou foi apagada.
explain-no_account-next = Registe-se: ssd register.

explain-not_active = A conta ainda não está ativa.
explain-not_active-cause = A conta foi criada ou reiniciada, e o código ainda não foi utilizado.
explain-not_active-next = Ative a conta com o código que foi enviado: ssd activate. Para pedir outro código: ssd register.

explain-suspended = A conta foi suspensa por um operador.
explain-suspended-cause = Um operador usou ssd account suspend; o motivo está no registo de auditoria.
explain-suspended-next = O titular deve ligar para a Linha Segurança Social. Um operador pode levantar a suspensão com ssd account resume.

explain-closed = A conta está encerrada.
explain-closed-cause = Um operador encerrou a conta, ou uma importação indicou que o titular faleceu ou cessou atividade.
explain-closed-next = Só um operador pode reabrir a conta, se o titular estiver ativo na base de registos: ssd account reset.

explain-channel_unavailable = O código não pode ser enviado pelo canal pedido, mas pode ser enviado por outros.
explain-channel_unavailable-cause = Esse contacto não está registado, ou o contacto inserido não é o registado. O código só segue por carta se nem o e-mail nem o telemóvel puderem ser utilizados. Numa recuperação nunca segue por carta.
explain-channel_unavailable-next = Repita o pedido com um dos canais que a recusa indica.

explain-no_channel = Não há nenhum canal por onde enviar o código.
explain-no_channel-cause = Nem os contactos inseridos nem os registados podem ser utilizados. Também não há morada, ou este procedimento não envia cartas.
explain-no_channel-next = É necessário corrigir os dados registados. O titular deve ligar para a Linha Segurança Social; um operador pode importar a ficha corrigida.

explain-too_soon = O último código para esta finalidade ainda pode estar a caminho.
explain-too_soon-cause = Há um intervalo entre os códigos por e-mail e SMS (política resend.wait). Só é enviada outra carta depois do dia em que a última era esperada.
explain-too_soon-next = Utilize o código que foi enviado, ou aguarde até retry_at.

explain-too_many_codes = Foram enviados demasiados códigos para esta finalidade. Por algum tempo não é enviado mais nenhum.
explain-too_many_codes-cause = Há um limite de códigos num período deslizante (política resend.most, resend.window; para cartas resend.letter.most, resend.letter.window).
explain-too_many_codes-next = Utilize o último código enviado, ou aguarde até retry_at.

explain-no_code = Não há nenhum código desse tipo para ler.
explain-no_code-cause = Não foi enviado nenhum a este titular, ou os que foram enviados já foram utilizados, substituídos ou expiraram, e foram apagados. Com ssd outbox wait, nenhum foi enviado dentro do prazo.
explain-no_code-next = Veja o que foi enviado (ssd outbox list --niss NISS), ou peça outro.

explain-code_wrong = O código inserido não está correto.
explain-code_wrong-cause = Não é nenhum dos códigos emitidos para este NISS e para esta finalidade. A resposta é a mesma para um NISS desconhecido. Cada tentativa errada é contada. Ao fim de um certo número de tentativas, o código deixa de ser válido (política code.attempts). Ao fim de um certo número de tentativas seguidas, os códigos são bloqueados (política code.failures).
explain-code_wrong-next = Veja a mensagem mais recente e insira de novo o código.

explain-code_expired = O código está correto, mas expirou.
explain-code_expired-cause = Um código só é válido durante o seu prazo (política code.sms.life, code.email.life, code.letter.life). Não é contado como falha.
explain-code_expired-next = Peça outro, como a sugestão indica.

explain-code_used = O código está correto, mas já foi utilizado.
explain-code_used-cause = Um código só pode ser utilizado uma vez. Não é contado como falha.
explain-code_used-next = Se a conta estiver ativa, inicie sessão; senão, peça outro código.

explain-code_superseded = O código foi substituído por um mais recente ou anulado.
explain-code_superseded-cause = Só o código mais recente de cada finalidade é válido. Entretanto foi pedido outro, a conta foi alterada, ou um operador registou que a mensagem não foi entregue. Não é contado como falha.
explain-code_superseded-next = Utilize o código da mensagem mais recente.

explain-code_blocked = Os códigos estão bloqueados por algum tempo, ou este código já não pode ser utilizado.
explain-code_blocked-cause = Foram inseridos demasiados códigos errados. Se foi num só código (política code.attempts), esse código deixa de ser válido e retry_at é null. Se foi em tentativas seguidas (política code.failures), todos os códigos dessa finalidade ficam bloqueados até retry_at. Um código por carta só tem o segundo limite, para que um estranho não o possa anular.
explain-code_blocked-next = Se houver retry_at, aguarde; senão, peça outro código. Um operador pode levantar o bloqueio: ssd account unlock.

explain-password_weak = A palavra-passe não é suficientemente segura.
explain-password_weak-cause = É demasiado curta, tem poucos tipos de caracteres, é das mais comuns ou é fácil de adivinhar. Os nomes, as datas, os números e os contactos do titular também a tornam fácil de adivinhar. O código continua válido e nada é contado.
explain-password_weak-next = Utilize várias palavras sem relação entre si. A mensagem indica a regra que não foi cumprida.

explain-password_repeated = A palavra-passe é a atual.
explain-password_repeated-cause = A nova tem de ser diferente da atual.
explain-password_repeated-next = Escolha outra.

explain-login_failed = Não foi possível iniciar sessão com este NISS e esta palavra-passe.
explain-login_failed-cause = A resposta e o tempo são os mesmos para um NISS desconhecido, uma conta por ativar, suspensa ou encerrada, e uma palavra-passe errada. Assim, ninguém fica a saber quem tem conta. Cada tentativa falhada é contada.
explain-login_failed-next = Verifique o NISS e a palavra-passe. Se perdeu a palavra-passe, defina uma nova com ssd recover. Um operador pode ver a causa: ssd why PEDIDO.

explain-login_locked = O início de sessão por palavra-passe está bloqueado, seja qual for a palavra-passe.
explain-login_locked-cause = Houve demasiadas tentativas falhadas seguidas (política login.failures). O primeiro bloqueio é curto; cada um dos seguintes dura o dobro (login.lock, login.lock_most). Ao fim de login.dead tentativas, a palavra-passe deixa de ser válida e retry_at é null.
explain-login_locked-next = Aguarde até retry_at, ou defina uma nova palavra-passe por recuperação, que levanta o bloqueio. Um operador também o pode levantar: ssd account unlock.

explain-login_required = O comando precisa de uma sessão, ou de uma sessão mais recente.
explain-login_required-cause = SSD_SESSION não está definida, não é de nenhuma sessão, ou a sessão terminou. Uma sessão termina sem uso durante session.idle, ao fim de session.life, com ssd logout, com uma recuperação ou por um operador. Alguns comandos precisam de um início de sessão nos últimos minutos (session.fresh).
explain-login_required-next = Inicie sessão: SSD_SESSION=$(ssd login NISS --password-stdin); export SSD_SESSION.

explain-enrolment_required = O início de sessão exige um segundo fator, e o titular não tem nenhum contacto fidelizado.
explain-enrolment_required-cause = `login.second_factor` é `on` ou `sms`. O código só é enviado para um e-mail ou telemóvel fidelizado; com `sms`, só para um telemóvel.
explain-enrolment_required-next = Confirme a sua identidade e receba um código: ssd second-factor enrol NISS. Inicie sessão com ele e fidelize um contacto.

explain-enrolment_not_required = O titular pode iniciar sessão sem este pedido.
explain-enrolment_not_required-cause = Não é exigido um segundo fator, ou há um contacto fidelizado que recebe o código.
explain-enrolment_not_required-next = Inicie sessão: ssd login NISS.

explain-last_contact = Sem este contacto o titular não poderia iniciar sessão.
explain-last_contact-cause = `login.second_factor` é `on` ou `sms`, e nenhum outro contacto fidelizado pode receber o código.
explain-last_contact-next = Fidelize primeiro outro contacto: ssd contacts update e ssd contacts confirm. Se perdeu o dispositivo, um operador ajuda: ssd account reset.

explain-contact_unchanged = O contacto já é o registado, ou não existe nenhum para remover.
explain-contact_unchanged-cause = Um pedido que não altera o contacto é recusado, para que ninguém o julgue alterado. Todo o pedido é recusado: os outros contactos também não são alterados.
explain-contact_unchanged-next = Omita esse contacto. Para confirmar o contacto registado: ssd contacts confirm --channel CANAL.

explain-nothing_to_confirm = Não há nenhum contacto desse tipo por confirmar.
explain-nothing_to_confirm-cause = O contacto registado já está confirmado e não há outro proposto, ou não há nenhum.
explain-nothing_to_confirm-next = Veja os contactos (ssd contacts show), ou proponha um (ssd contacts update).

explain-phone_code_missing = Não há código de segurança para alterar.
explain-phone_code_missing-cause = Ainda não foi definido, ou foi eliminado quando a conta foi reiniciada ou encerrada.
explain-phone_code_missing-next = Obtenha um: ssd phone-code set.

explain-phone_code_exists = Já existe código de segurança.
explain-phone_code_exists-cause = O primeiro é gerado uma só vez; depois só pode ser alterado.
explain-phone_code_exists-next = Altere-o: ssd phone-code change.

explain-phone_code_trivial = O código de segurança é demasiado fácil de adivinhar.
explain-phone_code_trivial-cause = São recusados seis dígitos iguais, uma sequência crescente ou decrescente e a data de nascimento do titular.
explain-phone_code_trivial-next = Escolha outros dígitos, ou gere-os: ssd phone-code change --generate.

explain-phone_code_unchanged = Os dígitos são os do código de segurança atual.
explain-phone_code_unchanged-cause = O novo tem de ser diferente do atual.
explain-phone_code_unchanged-next = Escolha outros dígitos, ou gere-os: ssd phone-code change --generate.

explain-phone_code_wrong = O código de segurança inserido no atendimento telefónico não está correto.
explain-phone_code_wrong-cause = A resposta é a mesma para um NISS desconhecido e para um titular sem código de segurança. Ao fim de um certo número de tentativas erradas seguidas, o código é bloqueado (política phone_code.failures).
explain-phone_code_wrong-next = Insira de novo os seis dígitos. O titular pode alterá-los: ssd phone-code change.

explain-phone_code_blocked = O código de segurança está bloqueado.
explain-phone_code_blocked-cause = Houve demasiadas tentativas erradas seguidas (política phone_code.failures). O bloqueio não termina com o tempo. Ao fim de 100 tentativas erradas seguidas, com ou sem desbloqueio, o código é eliminado.
explain-phone_code_blocked-next = O titular pode alterar o código (ssd phone-code change), ou um operador desbloqueá-lo (ssd account unlock). Ao fim de 100 tentativas erradas, o titular obtém outro: ssd phone-code set.

explain-call_required = Não há nenhuma chamada identificada em curso.
explain-call_required-cause = SSD_CALL não está definida, não é de nenhuma chamada, ou a chamada terminou (política phone_line.token.life). Uma chamada também termina se a conta for suspensa, reiniciada ou encerrada, ou se o código de segurança mudar. A resposta é a mesma em todos os casos.
explain-call_required-next = Identifique de novo quem liga: export SSD_CALL=$(ssd phone-line).

explain-cmd_not_enrolled = O fornecedor de autenticação não tem nenhuma Chave Móvel Digital deste titular.
explain-cmd_not_enrolled-cause = Nunca foi ativada, ou foi cancelada. Só os operadores recebem esta resposta: num início de sessão ou num registo, o PIN é dado como errado.
explain-cmd_not_enrolled-next = Ative a Chave Móvel Digital do titular no fornecedor: ssd cmd enrol NISS.

explain-cmd_enrolled = O fornecedor de autenticação já tem uma Chave Móvel Digital deste titular.
explain-cmd_enrolled-cause = Um segundo pedido é recusado, para que o PIN ou o telemóvel não mudem sem se notar.
explain-cmd_enrolled-next = Cancele-a primeiro: ssd cmd revoke NISS. Os seus códigos e o seu bloqueio também são eliminados.

explain-cmd_pin_wrong = O PIN da Chave Móvel Digital não está correto, ou o titular não a tem.
explain-cmd_pin_wrong-cause = O fornecedor de autenticação compara o PIN e conta as tentativas. Ao fim de um certo número de tentativas erradas seguidas, a Chave Móvel Digital é bloqueada (política cmd.pin.failures). A resposta é a mesma para um titular que não a tem e para um NISS desconhecido, para que ninguém saiba quem a tem.
explain-cmd_pin_wrong-next = Insira o PIN de novo, ou utilize o NISS e a palavra-passe. Um operador ativa a Chave Móvel Digital de um titular: ssd cmd enrol NISS. Se perdeu o PIN, peça a um operador para ativar outra: ssd cmd revoke e depois ssd cmd enrol.

explain-cmd_code_wrong = O código temporário da Chave Móvel Digital não está correto.
explain-cmd_code_wrong-cause = Não é o último código enviado, ou não foi enviado nenhum. Ao fim de um certo número de tentativas erradas seguidas, em todos os códigos, a Chave Móvel Digital é bloqueada (política cmd.code.failures). Um código anterior do mesmo titular não é contado.
explain-cmd_code_wrong-next = Veja o SMS mais recente e insira de novo o código. Para pedir outro, repita o comando sem --code.

explain-cmd_code_expired = O código temporário está correto, mas expirou.
explain-cmd_code_expired-cause = Um código temporário só é válido durante o seu prazo (política cmd.code.life). Não é contado como falha.
explain-cmd_code_expired-next = Peça outro: repita o comando sem --code.

explain-cmd_blocked = A Chave Móvel Digital do titular está bloqueada.
explain-cmd_blocked-cause = Houve demasiados PIN errados seguidos, ou demasiados códigos temporários errados seguidos (política cmd.pin.failures, cmd.code.failures). O primeiro bloqueio dura o tempo da política cmd.pin.block, e cada um dos seguintes o dobro. Ao fim de 100 tentativas erradas seguidas, já não pode ser utilizada. Não afeta o início de sessão com palavra-passe.
explain-cmd_blocked-next = Aguarde o fim do bloqueio, ou peça a um operador que a desbloqueie (ssd account unlock). Ao fim de 100 tentativas erradas, um operador cancela-a (ssd cmd revoke) e ativa-a de novo (ssd cmd enrol).

explain-consent_refused = O titular não autorizou que o fornecedor comunicasse os dados.
explain-consent_refused-cause = Depois de um código correto, o fornecedor pede a autorização. Fora de um terminal, a autorização é --consent; num terminal, é uma pergunta. O código continua válido.
explain-consent_refused-next = Se concordar com a comunicação dos dados, repita o comando com --code e --consent.

explain-sandbox_only = Este pedido só é possível numa base de ensaio.
explain-sandbox_only-cause = Um relógio que se acerta, uma semente e substitutos de códigos seriam um risco numa base de dados de pessoas reais.
explain-sandbox_only-next = Repita o pedido numa base de ensaio: ssd --store FICHEIRO init --sandbox.

explain-real_only = Este pedido não é possível numa base de ensaio.
explain-real_only-cause = Uma base de ensaio não tem ficheiro de chave: a chave resulta da semente, e nada nela é secreto. O seu relógio não segue o do sistema.
explain-real_only-next = Repita o pedido numa base de dados que não seja de ensaio: ssd --store FICHEIRO init.

explain-clock_backwards = A hora indicada é anterior à da base de ensaio.
explain-clock_backwards-cause = O relógio só avança, para que nada do que expirou volte a ser válido.
explain-clock_backwards-next = Indique uma hora posterior, ou crie outra base de ensaio: ssd --store FICHEIRO init --sandbox --at HORA.

explain-not_in_registry = A base de registos não tem uma ficha com este NISS.
explain-not_in_registry-cause = A ficha nunca foi importada, ou foi apagada.
explain-not_in_registry-next = Verifique se há um erro de digitação, ou importe a ficha: ssd registry import FICHEIRO.

explain-holder_inactive = Segundo a base de registos, o titular faleceu ou cessou atividade.
explain-holder_inactive-cause = A última importação tinha a situação `deceased` ou `ceased`.
explain-holder_inactive-next = Se não estiver correta, importe a ficha de novo com a situação correta.

explain-not_suspended = A conta não está suspensa, pelo que não há suspensão a levantar.
explain-not_suspended-cause = A conta está por ativar, ativa ou encerrada.
explain-not_suspended-next = Veja o estado da conta: ssd account show NISS.

explain-no_session = O titular não tem nenhuma sessão aberta com este ID.
explain-no_session-cause = A sessão já terminou, ou o ID é de outro titular.
explain-no_session-next = Veja as sessões: ssd session list.
explain-no_message = Não existe essa mensagem.
explain-no_message-cause = Nenhuma mensagem tem este número, ou a mensagem esperada não foi enviada dentro do prazo.
explain-no_message-next = Veja as mensagens: ssd outbox list.

explain-not_dispatched = A mensagem ainda não foi enviada, pelo que não pode ter um resultado da entrega.
explain-not_dispatched-cause = Uma carta é enviada quando é impressa (ssd outbox print).
explain-not_dispatched-next = Verifique o número. Para ver as cartas por imprimir: ssd outbox list --pending.
explain-delivery_recorded = O resultado da entrega desta mensagem já está registado.
explain-delivery_recorded-cause = A mensagem já foi devolvida ou dada como não entregue. O resultado regista-se uma só vez.
explain-delivery_recorded-next = Não é preciso fazer nada. Se se trata de outra mensagem, verifique o número.
explain-channel_mismatch = O resultado da entrega não corresponde ao canal da mensagem.
explain-channel_mismatch-cause = Só as cartas são devolvidas pelos correios; os e-mails e SMS podem não ser entregues.
explain-channel_mismatch-next = Utilize ssd outbox returned para uma carta e ssd outbox failed para um e-mail ou SMS.
explain-no_request = O registo de auditoria não tem nenhuma entrada com este número.
explain-no_request-cause = O número de um pedido é `request` na resposta e a primeira coluna de ssd audit list.
explain-no_request-next = Veja as entradas: ssd audit list.
# In an SMS, the subject of an alert is cut to the space that is left.
message-alert-decision-subject = Decisão sobre o seu requerimento
message-alert-decision = { $decision ->
        [granted] O seu requerimento foi deferido: { $about }
       *[refused] O seu requerimento foi indeferido: { $about }
    }
message-alert-decision-sms = { $decision ->
        [granted] Seguranca Social Direta: o seu requerimento foi deferido: { $about }
       *[refused] Seguranca Social Direta: o seu requerimento foi indeferido: { $about }
    }
message-alert-benefit-subject = Prestação a que tem direito
message-alert-benefit = { $amount ->
        [none] Tem direito a uma prestação: { $about }
       *[other] Tem direito a uma prestação de { $amount }: { $about }
    }
message-alert-benefit-sms = { $amount ->
        [none] Seguranca Social Direta: tem direito a uma prestacao: { $about }
       *[other] Seguranca Social Direta: tem direito a uma prestacao de { $amount }: { $about }
    }
message-alert-payment-subject = Pagamento da Segurança Social
message-alert-payment = Pagamento de { $amount } em { $paid_on }: { $about }
message-alert-payment-sms = Seguranca Social Direta: pagamento de { $amount } em { $paid_on }: { $about }

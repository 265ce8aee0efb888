# Todas as frases que uma pessoa lê, em português europeu. Uma entrada começa no início de uma linha e acaba antes da seguinte;
# as suas outras linhas são recuadas. Só se analisa a entrada pedida; por isso nenhuma pode referir outra.

### datas e horas, pelos relógios de Lisboa

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
time-words = { $date } às { $time }
time-digits = { $date } { $time }
amount-words = { $euros },{ $cents } €
amount-words-thousands = { $thousands } { $euros },{ $cents } €
amount-digits = { $euros },{ $cents } EUR

### feito: o que aconteceu

done-init = { $sandbox ->
        [yes] Foi criada uma base de ensaio em { $path }, onde são { $now }. Nada nela é secreto: quem conhece a semente conhece os códigos.
       *[no] Foi criada uma base de dados em { $path }, e o ficheiro da sua chave: guarde uma cópia de ambos, em locais separados.
    }
done-man = { $count ->
    [one] Foi escrita uma página do manual.
   *[other] Foram escritas { $count } páginas do manual.
  }
done-registry_import = { $dry_run ->
        [yes] Linhas lidas: { $read }. Corretas: { $loaded }. Incorretas: { $rejected }. Como pedido, nada foi carregado.
       *[no] Linhas lidas: { $read }. Carregadas: { $loaded }. Rejeitadas: { $rejected }.
    }
done-batch = { $dry_run ->
        [yes] Linhas: { $lines }. Seriam feitas: { $done }, recusadas: { $refused }, malformadas: { $malformed }. Como pedido, nada mudou.
       *[no] Linhas: { $lines }. Feitas: { $done }, recusadas: { $refused }, malformadas: { $malformed }.
    }
done-registry_count = Registos: { $records }. Pessoas singulares: { $citizens }, entidades empregadoras: { $employers }, pessoas coletivas: { $companies }. Já não ativos: { $inactive }.
done-register = { $channel ->
        [letter] O pedido de acesso foi efetuado. O código de verificação segue por carta para { $destination }: deverá chegar até { $letter_expected_on } e é válido até { $code_expires_at }.
        [email] O pedido de acesso foi efetuado. O código de verificação foi enviado por e-mail para { $destination } e é válido até { $code_expires_at }.
       *[sms] O pedido de acesso foi efetuado. O código de verificação foi enviado por SMS para { $destination } e é válido até { $code_expires_at }.
    }
done-register-opened = A conta está ativa, sem palavra-passe: pode iniciar sessão com a Chave Móvel Digital.
reached-identity = Os dados são os que constam no sistema da Segurança Social.
reached-channels = Um código pode ser enviado por:
reached-code = É esse o código. Ainda não foi utilizado.
done-activate = A conta está ativa: pode iniciar sessão com o seu NISS e a sua palavra-passe.
done-login = { $channel ->
        [email] O código de verificação para iniciar sessão foi enviado por e-mail para { $destination } e é válido até { $code_expires_at }: ssd login { $niss } --password-stdin --code CÓDIGO
       *[sms] O código de verificação para iniciar sessão foi enviado por SMS para { $destination } e é válido até { $code_expires_at }: ssd login { $niss } --password-stdin --code CÓDIGO
    }
done-logout = A sessão terminou.
done-recover_request = { $channel ->
        [email] O código de verificação para definir uma nova palavra-passe foi enviado por e-mail para { $destination } e é válido até { $code_expires_at }.
       *[sms] O código de verificação para definir uma nova palavra-passe foi enviado por SMS para { $destination } e é válido até { $code_expires_at }.
    }
done-recover_confirm = A nova palavra-passe está definida: já pode iniciar sessão com ela. Todas as sessões terminaram.
done-password_change = A nova palavra-passe está definida. Todas as outras sessões terminaram.
done-phone_code_set = O código de acesso para atendimento telefónico está definido.
done-phone_code_change = O código de acesso para atendimento telefónico foi alterado.
done-phone_code_verify = O código de acesso para atendimento telefónico está correto.
done-contacts_update = O telefone foi alterado.
done-contacts_confirm = { $channel ->
        [email] O endereço de e-mail { $destination } está confirmado.
       *[sms] O telemóvel { $destination } está confirmado.
    }
done-contacts_remove = Contactos removidos: { $removed }.
done-alerts_set = { $alerts ->
        [email] Os alertas são enviados por e-mail.
        [sms] Os alertas são enviados por SMS.
       *[none] Não são enviados alertas.
    }
done-account_unlock = { $count ->
        [0] Não havia nada a desbloquear.
       *[other] Desbloqueado: { $lifted }.
    }
done-account_suspend = A conta está suspensa.
done-account_resume = { $state ->
        [active] A conta está de novo ativa.
       *[other] A conta está de novo no estado { $state }.
    }
done-account_reset = { $channel ->
        [letter] A conta voltou ao início. O código de verificação segue por carta para { $destination }: deverá chegar até { $letter_expected_on } e é válido até { $code_expires_at }.
        [email] A conta voltou ao início. O código de verificação foi enviado por e-mail para { $destination } e é válido até { $code_expires_at }.
       *[sms] A conta voltou ao início. O código de verificação foi enviado por SMS para { $destination } e é válido até { $code_expires_at }.
    }
done-account_close = A conta está encerrada.
done-account_erase = Apagado: nada desta pessoa fica guardado, e a auditoria já não sabe a quem diziam respeito as suas entradas.
done-cmd_enrol = A Chave Móvel Digital está ativa no fornecedor de autenticação; os códigos seguem para { $destination }.
done-cmd_revoke = A Chave Móvel Digital foi cancelada no fornecedor de autenticação.
done-account_timeline = A página está em { $file }. Acontecimentos: { $events }. Diz respeito a uma pessoa: guarde-a como guarda a base de dados.
done-policy_set = { $key } passa a ser { $value }, para o que for emitido a partir de agora.
done-clock_show = Em Lisboa são { $now } ({ $utc }).
done-clock_advance = Em Lisboa são { $now } ({ $utc }).
done-clock_set = Em Lisboa são { $now } ({ $utc }).
done-store_check = A base de dados está íntegra.
done-audit_verify = A auditoria está como foi escrita. Entradas verificadas: { $entries }. A última: { $anchor }
done-scenario_run = { $count ->
        [0] { $file }: tudo como se esperava; linhas: { $lines }.
        [one] { $file }: uma diferença; linhas: { $lines }.
       *[other] { $file }: { $count } diferenças; linhas: { $lines }.
    }
done-conform = Requisitos: { $rows }. Cumpridos: { $passed }, desvios: { $deviating }, não verificados: { $not_run }, por cumprir: { $failed }.
done-store_rekey = A base de dados tem agora outro ficheiro de chave, { $file }. O antigo já não a abre, só as cópias anteriores.
done-outbox_print = { $letters ->
        [0] { $earlier ->
                [none] Não há cartas por imprimir.
               *[other] Não há cartas por imprimir: { $file } tem as do pedido { $earlier }, cuja impressão acabou.
            }
       *[other] Cartas: { $letters }, páginas: { $pages }, em { $file }.
    }
done-outbox_export = E-mails: { $emails }, em { $folder }. Destes, já lá estavam: { $kept }.
done-store_backup = A base de dados foi copiada para { $file }. A chave de uma base que não seja de ensaio não está na cópia: guarde-a também, em local separado.

### linhas de listas

row-sent = { $channel ->
        [email] O código de verificação foi enviado por e-mail para { $destination } e é válido até { $code_expires_at }.
       *[sms] O código de verificação foi enviado por SMS para { $destination } e é válido até { $code_expires_at }.
    }
row-sent-cmd = O código temporário foi enviado por SMS para { $destination } e é válido até { $code_expires_at }.
row-contact-none = { $kind }: nenhum
row-contact-kept = { $kind }: { $value }
row-contact-unconfirmed = { $kind }: { $value }, por confirmar
row-contact-confirmed = { $kind }: { $value }, confirmado a { $confirmed_at }
row-contact-proposed = { $kind }, proposto: { $proposed }, por confirmar
row-block = { $what }, até ser levantado ou substituído
row-block-until = { $what }, até { $until }
row-of = { $count } de { $limit }
row-lifted = até ser levantado ou substituído
row-history = { $outcome ->
        [done] { $at }: { $action }, feito por { $actor } (pedido { $id })
       *[refused] { $at }: { $action }, recusado ({ $reason }), pedido por { $actor } (pedido { $id })
    }
row-difference = { $place }: { $path }: esperava-se { $expected }, veio { $got }
row-difference-whole = { $place }: esperava-se { $expected }, veio { $got }
row-setting = { $key } = { $value } (por omissão { $default }, de { $least } a { $most })
### a vida de uma conta: o que aconteceu, os nomes dos pedidos, os estados, e de que tratam as mensagens

event-request = { $what }
event-refusal = { $what }, recusado por { $outcome }
event-reading = { $what }
event-state = Estado: { $what }
event-code = { $outcome ->
        [open] Código por { $channel ->
            [email] e-mail
            [sms] SMS
           *[letter] carta
        }: { $what }; válido até { $until }
        [used] Código por { $channel ->
            [email] e-mail
            [sms] SMS
           *[letter] carta
        }: { $what }; válido até { $until }, utilizado
        [expired] Código por { $channel ->
            [email] e-mail
            [sms] SMS
           *[letter] carta
        }: { $what }; válido até { $until }, nunca utilizado
       *[superseded] Código por { $channel ->
            [email] e-mail
            [sms] SMS
           *[letter] carta
        }: { $what }; válido até { $until }, substituído
    }
event-message = { $channel ->
        [email] E-mail para { $to }: { $what }
        [sms] SMS para { $to }: { $what }
       *[letter] Carta para { $to }: { $what }
    }
event-dispatch = Carta para { $to } impressa: { $what }
event-block = { $outcome ->
        [lifted] Já não bloqueado: { $what }
       *[set] Bloqueado: { $what }, até ser levantado ou substituído
    }
event-block-until = Bloqueado: { $what }, até { $until }
event-by = ({ $actor }, pedido { $id })
name-of-a-step = { $name }, avaliado até um passo
deed-register = Registo
deed-activate = Ativação
deed-login = Início de sessão
deed-logout = Fim de sessão
deed-recover_request = Pedido de recuperação
deed-recover_confirm = Nova palavra-passe por recuperação
deed-password_change = Alteração da palavra-passe
deed-phone_code_set = Primeiro código de acesso para atendimento telefónico
deed-phone_code_change = Alteração do código de acesso para atendimento telefónico
deed-phone_code_verify = Verificação do código de acesso para atendimento telefónico
deed-contacts_show = Consulta dos contactos
deed-contacts_update = Alteração de contactos
deed-contacts_confirm = Confirmação de um contacto
deed-contacts_remove = Remoção de um contacto
deed-alerts_set = Escolha dos alertas
deed-cmd_enrol = Chave Móvel Digital ativada no fornecedor de autenticação
deed-cmd_revoke = Chave Móvel Digital cancelada no fornecedor de autenticação
deed-phone_line = Chamada para o atendimento telefónico
deed-phone_line_whoami = Consulta de quem está em linha
deed-alerts_send = Alerta
deed-messages_list = Consulta das mensagens
deed-messages_show = Mensagem lida pelo titular
deed-profile_show = Consulta dos dados de identificação
deed-outbox_list = Mensagens lidas por um operador
deed-outbox_show = Mensagem lida por um operador
deed-outbox_code = Código lido por um operador
deed-outbox_wait = Mensagem lida por um operador
deed-outbox_print = Cartas impressas por um operador
deed-outbox_export = E-mails passados a ficheiros por um operador
deed-account_unlock = Bloqueios levantados por um operador
deed-account_suspend = Suspensão por um operador
deed-account_resume = Retoma por um operador
deed-account_reset = Reposição por um operador
deed-account_close = Encerramento
deed-account_timeline = Cronologia lida por um operador
deed-account_export = Dados entregues por um operador
deed-account_erase = Apagamento por um operador
deed-scenario_export = Cenário feito por um operador
state-none = sem conta
state-requested = pedida
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
about-login_locked = o início de sessão está bloqueado
about-code_blocked = os códigos estão bloqueados
about-phone_code_blocked = o código de acesso para atendimento telefónico está bloqueado
about-phone_code_set = há um código de acesso para atendimento telefónico
about-phone_code_changed = o código de acesso para atendimento telefónico foi alterado
about-suspended = a conta está suspensa
about-resumed = a conta está de novo ativa
about-reset = a conta foi reposta
about-closed = a conta está encerrada
about-contact_changed = este contacto foi substituído
about-contact_removed = este contacto foi removido
about-cmd_blocked = a Chave Móvel Digital está bloqueada
about-alert = alerta

### a página da vida de uma conta

page-title = { $name }: a vida de uma conta
page-kind = Conta na Segurança Social Direta
page-counts = Feitos: { $done } · recusados: { $refused } · mensagens: { $messages }
page-states = Estados
page-band = Os estados um após outro, pela ordem da lista seguinte; os traços acima são recusas, as linhas abaixo são bloqueios.
page-legend = Um estado curto é desenhado mais largo do que foi. Os traços acima da faixa são recusas, as linhas abaixo são bloqueios.
page-stay = de { $from } até { $until }
page-stay-now = de { $from } até agora
page-life = O que aconteceu
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
page-alerts-none = nenhuns
page-foot = Da base de dados como estava a { $now }. Todas as horas são as de Lisboa. Esta página diz respeito a uma pessoa: guarde-a como guarda a base de dados.
page-codes-sandbox = Vem de uma base de ensaio: nada nela é secreto.
page-codes-masked = Os códigos vão ocultos, e a auditoria guarda que esta página foi feita.

### o que se diz ao lado de um resultado

note-due-contacts = Depois de iniciar sessão, falta ainda confirmar (fidelizar) os seus contactos: `ssd contacts confirm`.
note-cmd-code = Com esse código, repita o comando e acrescente `--code CÓDIGO --consent`.
note-batch-row = { $op } { $verdict } { $count }
note-batch-resume = Não chegou ao fim; nada se perdeu e nada foi feito duas vezes. Continue com: { $command }
note-batch-stopped = Não chegou ao fim. Cada linha que tem resposta está feita; se há mais, só a base de dados o sabe. Com `--out` poderia continuar.
note-export-otherwise = Estas entradas da auditoria saem de outra forma quando são revividas: { $entries }
note-export-state = O cenário não leva a um estado em tudo igual ao daqui: mudou alguma coisa que a auditoria não conta.
note-record-late = A gravação começa a meio: o que se fez antes nesta base de ensaio não está nela.
note-reject = { $column ->
        [none] linha { $line }: { $flaw }
       *[other] linha { $line }, { $column }: { $flaw }
    }
note-print-skipped = Cartas que não foram impressas, porque o seu código já não serve: { $count }.
note-print-lacking = Cartas com um carácter que nenhum tipo de letra daqui tem, pelo que � está no seu lugar: { $count }. A lista diz quais; veja-as antes de as enviar.
note-rejects-more = { $count ->
        [one] e mais uma; --rejects FICHEIRO guarda-as todas
       *[other] e mais { $count }; --rejects FICHEIRO guarda-as todas
    }
progress = { $left ->
        [none] linhas: { $lines }, por segundo: { $rate }, recusadas: { $refused }
       *[other] linhas: { $lines }, por segundo: { $rate }, recusadas: { $refused }, tempo restante: { $left }
    }

### palavras do código nas palavras da língua

word-proposed = { $value }, proposto: { $proposed }
word-yes = sim
word-no = não
word-alert_kind-decision = decisão
word-alert_kind-benefit = prestação
word-alert_kind-payment = pagamento
word-state-requested = pedida
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
word-status-ceased = cessado
word-alerts-email = por e-mail
word-alerts-sms = por SMS
word-alerts-none = nenhum
word-channel-email = e-mail
word-channel-sms = SMS
word-channel-letter = carta
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
word-phone_code = código de acesso para atendimento telefónico

### rótulos

label-niss = NISS
label-account_type = tipo de conta
label-birth_date = data de nascimento
label-name = nome
label-civil_id = número de identificação civil
label-civil_id_kind = documento de identificação civil
label-nif = NIF
label-responsible = responsável
label-email = e-mail
label-mobile = telemóvel
label-telephone = telefone
label-alerts = alertas
label-channel = canal
label-code_channel = código por
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
label-activated_at = ativação
label-password = palavra-passe
label-phone_code = código de acesso para atendimento telefónico
label-blocks = bloqueios
label-alert_kind = tipo
label-read_at = leitura
label-about = assunto
label-decision = decisão
label-amount = valor (€)
label-paid_on = pagamento
label-contacts = contactos
label-next = comandos possíveis
label-id = mensagem
label-purpose = finalidade
label-to = para
label-subject = assunto
label-body = texto
label-path = base de dados
label-sandbox = base de ensaio
label-seed = semente
label-version = versão
label-now = agora
label-records = registos
label-accounts = contas
label-messages = mensagens
label-bytes = bytes
label-observed = observado
label-why = porquê
label-request = pedido
label-at = quando
label-actor = pedido por
label-action = ação
label-outcome = resultado
label-rule = regra
label-variant = qual dos seus casos
label-cause = causa
label-differed = campos diferentes
label-count = contagem
label-on_code = no código mais recente
label-until = vigora até
label-detail = mais pormenores
label-event = acontecimento
label-who = quem
label-remark = motivo
label-key = definição
label-value = valor
label-default = por omissão
label-least = de
label-most = a
label-verdict = resultado
label-where = onde
label-requirement = requisito
label-contact = contacto
label-confirmed_at = confirmação
label-proposed = proposto

### perguntas

ask-niss = Número de Identificação de Segurança Social (NISS)
ask-account_type = Tipo de conta
ask-birth_date = Data de nascimento (AAAA-MM-DD)
ask-name = { $holder ->
        [company] Denominação da empresa ou instituição
       *[citizen] Nome completo
    }
ask-civil_id = Número de identificação civil (Cartão de Cidadão, Bilhete de Identidade, passaporte, ...)
ask-nif = { $holder ->
        [company] Número de identificação fiscal da empresa (NIPC)
       *[citizen] Número de identificação fiscal (NIF)
    }
ask-responsible = Nome da pessoa responsável
ask-email = { $op ->
        [contacts_update] Novo endereço de e-mail (vazio: fica como está)
       *[other] Endereço de e-mail
    }
ask-mobile = { $op ->
        [contacts_update] Novo número de telemóvel (vazio: fica como está)
       *[other] Número de telemóvel
    }
ask-telephone = { $op ->
        [contacts_update] Novo número de telefone (vazio: fica como está)
       *[other] Número de telefone (facultativo)
    }
ask-alerts = Indique a forma como pretende receber os alertas da Segurança Social
ask-channel = Escolha o canal pelo qual pretende receber o código de verificação
ask-contact = Que contacto pretende remover?
ask-contact-to-confirm = Que contacto pretende confirmar (fidelizar)?
ask-procedure = Como pretende registar-se?
ask-start = O que pretende fazer?
ask-choice = Opção
ask-choice-one-of = indique um número de 1 a { $count }, ou as primeiras letras de uma das opções
ask-code = Código de verificação
ask-code-or-later = { $destination ->
        [none] Código de verificação (vazio: noutra altura)
       *[other] Código de verificação enviado para { $destination } (vazio: noutra altura)
    }
ask-code-or-send = Código de verificação (vazio: enviar um)
ask-password = Palavra-passe
ask-current_password = Palavra-passe atual (vazio: ainda não existe)
ask-first_password = Palavra-passe
ask-first_password-again = Confirme a palavra-passe
ask-new_password = Nova palavra-passe
ask-new_password-again = Confirme a palavra-passe
ask-new_code = Novo código de acesso para atendimento telefónico (seis dígitos)
ask-new_code-again = Confirme o código de acesso para atendimento telefónico
ask-phone_code = Código de segurança
ask-pin = PIN da Chave Móvel Digital
ask-new_pin = PIN da Chave Móvel Digital (quatro a oito dígitos)
ask-new_pin-again = Confirme o PIN
ask-reason = Motivo, para a auditoria
ask-terms = Li e aceito os termos e condições do serviço (sim ou não)
ask-consent = Autoriza a entrega à Segurança Social de nome, data de nascimento, número de identificação civil, NIF e, se existir, NISS? (sim ou não)
ask-confirm = Confirma estes dados? (sim ou não)
ask-erase = Tudo o que está guardado desta pessoa será apagado, e nada o traz de volta. É essa a intenção? (sim ou não)
ask-yes-or-no = responda sim ou não
ask-differs = os dois não são iguais: tente de novo
ask-one-contact = é necessário pelo menos um contacto
summary = Os dados que inseriu:

### as páginas de um procedimento, e o que nelas está

step-identification = Dados de identificação
step-channel = Seguinte: Canal de verificação
step-contacts = Próximo passo: contactos
step-alerts = Próximo passo: Alertas
step-code = Próximo passo: Código
step-summary = Próximo passo: Resumo
step-activate = Ativar conta
step-recover = Nova palavra-passe
about-contacts = Se o número de telemóvel ou o endereço de e-mail que inserir não corresponder ao registado no Sistema de Informação da Segurança Social, esse canal não será utilizado para enviar o código de verificação.
about-alerts = Os alertas são sobre decisões da Segurança Social relativas aos seus requerimentos, e sobre prestações a que tem direito, com as datas de pagamento.
about-code = A Segurança Social vai enviar-lhe um código de verificação para que possa definir a sua palavra-passe.
choice-procedure-portal = Com o NISS e a data de nascimento, ou o NISS e o NIF de uma empresa
choice-procedure-classic = Com todos os dados de identificação e contactos (procedimento clássico)
choice-procedure-cmd = Com a Chave Móvel Digital
choice-account_type-citizen = Cidadão
choice-account_type-company = Empresa/Instituição
choice-alerts-email = E-mail
choice-alerts-sms = SMS (mensagem escrita para o telemóvel)
choice-alerts-none = Não pretendo receber alertas
choice-channel-email = E-mail
choice-channel-sms = SMS (mensagem escrita para o telemóvel)
choice-channel-letter = Por carta
password-rules = { $profile ->
        [nist] Regras de definição da palavra-passe: { $least } caracteres ou mais, de qualquer tipo. Não são aceites as palavras-passe mais comuns, as que depressa se adivinhariam, as feitas com os seus próprios dados, nem a atual.
       *[rcm41] Regras de definição da palavra-passe: { $least } caracteres ou mais, de três destes tipos: minúsculas, maiúsculas, dígitos, outros caracteres. Não são aceites as palavras-passe mais comuns, as que depressa se adivinhariam, as feitas com os seus próprios dados, nem a atual.
    }
sitting-later = Para continuar noutra altura: { $later }
sitting-login = Para iniciar sessão: SSD_SESSION=$(ssd login { $niss }); export SSD_SESSION
start-register = Registar: pedir uma conta
start-activate = Ativar conta, com o código de verificação
start-recover = Perdi a minha palavra-passe
start-login = Iniciar sessão
start-phone-line = Identificar-me no atendimento telefónico
start-messages-list = Ler as minhas mensagens
start-profile-show = Ver os meus dados de identificação
start-contacts-show = Ver os meus contactos
start-contacts-update = Alterar os meus contactos
start-contacts-confirm = Confirmar (fidelizar) os meus contactos
start-alerts-set = Escolher como chegam os alertas
start-phone-code-set = Obter o código de acesso para atendimento telefónico
start-password-change = Alterar a minha palavra-passe
start-logout = Terminar sessão
start-help = Ajuda

### o que está errado num valor

flaw-missing = está em falta
flaw-length = número de caracteres esperado: { $expected }
flaw-character = contém um carácter que não é admitido
flaw-check_digit = o dígito de controlo não está certo: verifique se há um erro de digitação
flaw-prefix = tem de começar por um destes: { $expected }
flaw-form = formato esperado: { $expected }
flaw-no_such_date = essa data não existe
flaw-word = tem de ser um destes: { $expected }
flaw-bounds = tem de estar entre { $least } e { $most }
flaw-leaves_behind = `{ $key }` ficaria fora dos limites, { $expected }: altere-o primeiro
flaw-not_a_mobile = é um número de telefone, mas não de telemóvel
flaw-no_such_number = esse número de telefone não existe
flaw-address = não é um endereço de e-mail que se possa usar: alguem@exemplo.pt
flaw-not_utf8 = não é texto em UTF-8
flaw-duplicate = já consta de uma linha anterior
flaw-fields = a linha tem de ter tantos campos como o cabeçalho: { $count }
flaw-unknown_column = essa coluna não existe
flaw-unknown_field = não há um campo assim nesta operação
flaw-no_place = não tem lugar ao lado dos outros campos
flaw-no_such_setting = a política não tem esta definição; estão todas em `ssd policy show`
flaw-link = contém o endereço de uma página, e nenhuma mensagem o leva
flaw-not_json = a linha não é um objeto JSON
flaw-names_holder = diz quem é a pessoa, e ficaria guardado: diga-o sem nome, número, contacto ou morada
flaw-not_held = não foi indicado nem consta no registo
flaw-current_missing = a conta tem palavra-passe: primeiro vem a atual, depois a nova
flaw-no_current = a conta ainda não tem palavra-passe: a nova vem sozinha
form-a-whole-number = um número inteiro
form-a-list-of-objects = uma lista de objetos
form-YYYY-MM-DD = AAAA-MM-DD
form-six-digits = seis dígitos
form-four-to-eight-digits = quatro a oito dígitos
form-an-object = um objeto
form-text = texto
form-an-anchor = uma âncora, como `ssd audit head` a mostra

### uma linha de comandos incorreta

usage-malformed = `{ $name }`: { $flaw }
usage-missing = em falta: { $options }
usage-or = ou
usage-surplus = `{ $option }` não tem lugar neste pedido
usage-surplus-hint = `{ $command } --help` indica o que se usa em conjunto; alguns dados pertencem apenas a `--procedure classic` ou ao outro tipo de conta
usage-unknown-command = o comando `ssd { $word }` não existe
usage-unknown-option = `{ $command }` não tem a opção `{ $option }`
usage-suggestion-hint = queria dizer `{ $suggestion }`?
usage-too-many = há mais valores do que `{ $command }` aceita
usage-conflict = `{ $first }` e `{ $second }` excluem-se mutuamente
usage-twice = `{ $option }` foi indicado mais do que uma vez
usage-no-value = `{ $option }` precisa de um valor
usage-no-value-wanted = `{ $option }` não aceita valor
usage-no-command = falta um comando depois de `{ $command }`
usage-not-utf8 = a linha de comandos não é texto em UTF-8
usage-other = não foi possível interpretar a linha de comandos
usage-stdin-twice = `{ $first }` e `{ $second }` querem ambos a entrada padrão
usage-stdin-twice-hint = indique um dos dois por um ficheiro
usage-input-ended = `{ $option }`: a entrada terminou antes da linha que contém o segredo
usage-input-ended-hint = um segredo por linha, `printf '%s\n' "$PASSWORD" | ssd ...`; `ssd password change` lê dois, primeiro o atual, ou só a primeira palavra-passe
usage-no-path = nada indica onde está a base de dados
usage-no-path-hint = indique-a por `--store CAMINHO` ou em SSD_STORE
usage-rejects-nowhere = as linhas rejeitadas querem um ficheiro próprio: a saída padrão leva o resultado
usage-rejects-nowhere-hint = indique um ficheiro por `--rejects`
usage-rejects-same = as linhas rejeitadas seriam escritas sobre o ficheiro que é lido
usage-rejects-same-hint = indique outro ficheiro por `--rejects`
usage-not-confirmed = nada foi enviado: o resumo não foi confirmado
usage-not-confirmed-hint = recomece, com os dados certos
usage-not-erased = nada foi apagado: não foi confirmado
usage-not-erased-hint = `ssd account show` mostra como está a conta
usage-empty-registry = o ficheiro está vazio
usage-empty-registry-hint = os registos são um CSV com cabeçalho ou um objeto JSON por linha
usage-input-unreadable = não é possível ler a entrada: { $detail }
usage-input-long-line = uma linha da entrada tem mais de 1 MiB
usage-input-long-line-hint = tem de ser um CSV com cabeçalho ou um objeto JSON por linha
usage-input-long-row = uma linha de registo da entrada tem mais de 16 MiB: pode haver aspas por fechar
usage-input-long-row-hint = procure um campo que comece por aspas e não tenha as segundas
usage-backup-nowhere = uma cópia da base de dados quer um ficheiro próprio
usage-backup-nowhere-hint = indique um ficheiro que ainda não exista
usage-input-no-csv = a entrada não é CSV nem JSON Lines
usage-input-no-csv-hint = tem de ser um CSV com cabeçalho, em UTF-8, ou um objeto JSON por linha
usage-scenario-empty = { $file }: não há nada para executar
usage-scenario-empty-hint = um cenário é um objeto JSON por linha; veja `ssd scenario run --help`
usage-scenario-long-line = { $file }:{ $line }: a linha tem mais de 16 MiB
usage-scenario-long-line-hint = registos grandes indicam-se melhor pelo ficheiro: "op":"registry", "file":"FICHEIRO"
usage-keep-one = pode guardar-se uma base de ensaio, não várias
usage-keep-one-hint = indique um só FICHEIRO com `--keep`
usage-junit-nowhere = o relatório quer um ficheiro próprio: a saída padrão leva o resultado
usage-junit-nowhere-hint = indique um ficheiro por `--junit`
usage-junit-same = o relatório seria escrito sobre { $file }
usage-junit-same-hint = indique outro ficheiro por `--junit`
usage-html-nowhere = a página quer um ficheiro próprio
usage-html-nowhere-hint = indique um ficheiro por `--html`
usage-record-sandbox = só se grava o que se passa numa base de ensaio, e SSD_RECORD está definida
usage-record-sandbox-hint = desative a gravação (unset SSD_RECORD), ou crie uma base de ensaio: ssd --store FICHEIRO init --sandbox
usage-over-store = { $file } pertence à base de dados: não se escreve por cima
usage-over-store-hint = indique outro ficheiro
usage-print-same-file = as cartas e a sua lista são dois ficheiros
usage-print-same-file-hint = indique outro ficheiro com --manifest
usage-no-plain-file = { $file } não é um simples ficheiro: só por cima de um ficheiro se escreve, e por inteiro
usage-no-plain-file-hint = indique um ficheiro, ou um lugar onde ainda não haja nada
usage-over-print-run = { $file } tem as cartas do pedido { $request }, cuja impressão acabou: não se escreve por cima
usage-over-print-run-hint = indique outro ficheiro, ou remova este quando as suas cartas já tiverem seguido
usage-over-other-mail = { $file } é outra mensagem, ou não é nenhuma: não se escreve por cima
usage-over-other-mail-hint = indique outra pasta
usage-record-other = SSD_RECORD indica { $file }, que serve para outra coisa
usage-record-other-hint = indique um ficheiro que ainda não exista, ou uma gravação anterior
usage-record-begun = uma gravação começa com a sua base de ensaio, e { $file } já tem linhas
usage-record-begun-hint = indique outro ficheiro em SSD_RECORD, ou remova esse
usage-record-large = os registos são demasiados para uma gravação
usage-record-large-hint = carregue-os sem SSD_RECORD e indique o ficheiro no cenário: "op":"registry", "file":"FICHEIRO"
usage-unknown-column = os registos não têm a coluna `{ $column }`
usage-unknown-column-hint = um registo tem estas: { $columns }
usage-column-twice = a coluna `{ $column }` aparece duas vezes
usage-column-missing = falta a coluna `{ $column }`
usage-column-missing-hint = são obrigatórias `niss`, `kind` e `name`, e para pessoas singulares também `birth_date`

### o que correu mal

line-whole = linha { $line }: { $flaw }
line-field = linha { $line }: `{ $field }`: { $flaw }
line-missing = linha { $line }: em falta: { $fields }
line-hint = os campos de cada operação estão em `ssd schema`

usage-batch-empty = o ficheiro não tem cabeçalho
usage-batch-empty-hint = um CSV precisa dele: os nomes dos campos da operação
usage-batch-column = a operação não tem o campo `{ $column }`
usage-batch-column-hint = tem estes: { $columns }
usage-batch-resume-out = só pode ser retomado um lote que escreve as respostas num ficheiro normal
usage-batch-resume-out-hint = indique o ficheiro das respostas com `--out`
usage-batch-resume-dry = uma simulação não muda nada, por isso não há nada a retomar
usage-batch-resume-dry-hint = omita `--resume` ou `--dry-run`
usage-batch-out-same = as respostas apagariam o que está a ser lido
usage-batch-out-same-hint = indique outro ficheiro com `--out`
usage-batch-busy = outro lote está a escrever em { $path }
usage-batch-busy-hint = espere pelo seu fim, ou indique outro ficheiro com `--out`
usage-batch-unfinished = um lote que não acabou tem as suas respostas em { $path }
usage-batch-unfinished-hint = continue-o com `--resume`, ou remova o ficheiro para começar de novo
usage-batch-no-journal = nenhum lote desta base de dados escreveu em { $path }
usage-batch-no-journal-hint = omita `--resume`, ou indique a base de dados e o ficheiro do lote interrompido
usage-batch-output-shorter = { $path } está mais curto do que o lote o deixou
usage-batch-output-shorter-hint = reponha o ficheiro das respostas como estava; nada mudou
usage-batch-output-other = o que está em { $path } não foi escrito por este lote
usage-batch-output-other-hint = reponha o ficheiro das respostas como estava; nada mudou
usage-batch-input-changed = a entrada não é aquela a que { $path } responde
usage-batch-input-changed-hint = reponha a entrada como estava, com o --op que tinha; só se podem juntar linhas no fim
error-usage = não foi possível interpretar a linha de comandos
error-usage-hint = veja `{ $command } --help`
error-file = { $path }: { $detail }
fault-not-found = esse ficheiro não existe
fault-denied = não tem permissão
fault-exists = já existe
fault-folder = é uma pasta
error-file-hint = verifique o caminho e quem lá pode ler e escrever
error-store_missing = não há nenhuma base de dados em { $store }
error-store_missing-hint = crie uma com `ssd init`, ou indique outra por `--store CAMINHO` ou em SSD_STORE
error-store_exists = já existe uma base de dados em { $store }
error-store_exists-hint = use-a como está, ou indique outro local por `--store CAMINHO`; nada foi alterado
error-store_busy = a base de dados em { $store } esteve ocupada durante 30 segundos
error-store_busy-hint = outro processo está a escrever nela: tente de novo quando terminar; nada foi alterado
error-store_unreadable = não é possível ler a base de dados em { $store }: { $detail }
error-store_unreadable-hint = verifique quem pode ler o ficheiro e a sua pasta
error-store_unwritable = não é possível escrever na base de dados em { $store }: { $detail }
error-store_unwritable-hint = verifique quem pode escrever no ficheiro e na sua pasta; nada foi alterado
error-disk_full = o disco está cheio
error-disk_full-hint = liberte espaço e tente de novo; o que não foi confirmado não foi feito
error-store_foreign = { $store } não é uma base de dados do ssd
error-store_foreign-hint = indique o ficheiro certo por `--store CAMINHO` ou em SSD_STORE
error-store_damaged = a base de dados em { $store } está danificada: { $detail }
error-store_damaged-hint = recorra à última cópia feita por `ssd store backup` e guarde o ficheiro danificado
error-audit_broken = { $how ->
        [altered] a auditoria foi adulterada: a entrada { $entry } não está como foi escrita
        [missing] a auditoria foi adulterada: a entrada { $entry } já não existe
        [remark] a auditoria foi adulterada: o motivo da entrada { $entry } não é o que foi dado
        [subject] a auditoria foi adulterada: foi alterado a quem diz respeito a entrada { $entry }
        [anchor] a auditoria foi adulterada: a entrada { $entry } não é a da âncora
       *[head] a auditoria foi adulterada: a marca do seu fim foi alterada; está agora na entrada { $entry }
    }
error-audit_broken-hint = alguém alterou a base de dados em { $store } por outros meios que não o ssd: guarde o ficheiro tal como está e compare-o com a última cópia de `ssd store backup`
error-store_newer = a base de dados em { $store } tem a versão { $theirs }; este programa conhece versões até { $ours }
error-store_newer-hint = use o ssd mais recente que a criou
error-key_missing = não é possível ler a chave da base de dados em { $store } a partir de { $key }: { $detail }
error-key_missing-hint = reponha a chave ao lado da base de dados, com o nome desta e `.key`, ou diga onde está com `--key-file` ou em SSD_KEY_FILE
error-key_wrong = a chave em { $key } não é a de { $store }: é de outra base de dados ou foi substituída
error-key_wrong-hint = ponha ao lado da base de dados a sua própria chave, com o nome desta e `.key`, ou diga onde está com `--key-file` ou em SSD_KEY_FILE
error-no_randomness = o sistema não fornece aleatoriedade: { $detail }
error-no_randomness-hint = nada foi alterado; tente de novo
error-closed = já ninguém lê a saída padrão
error-interrupted = interrompido
error-interrupted-hint = nada foi enviado
stopped-sitting = interrompido
stopped-sitting-hint = o que foi feito fica; para continuar noutra altura: { $later }
stopped-import-unread = parado: não foi carregado nada
stopped-import-unread-hint = execute o mesmo comando outra vez
stopped-import = parado: estão carregadas { $loaded } de { $good } linhas
stopped-import-hint = execute o mesmo comando outra vez: o que está carregado fica, e o resto segue
error-bug = isto é um erro do ssd: { $detail }
error-bug-hint = nada foi alterado; comunique-o, por favor, com o comando que usou

### conformidade: cada requisito das normas, e porque não se cumpre quando é de propósito

conform-datum = quem falha a verificação da identidade recebe uma só resposta: desconhecido, falecido ou com um só dado errado, seja qual for o estado da conta
conform-deceased = quem o registo dá como falecido não passa nenhuma verificação e perde a conta
conform-enrolment-digits = um código de confirmação tem 6 dígitos ou mais
conform-enrolment-life = um código de confirmação vale 10 minutos por SMS e 24 horas por e-mail, nem mais um segundo
conform-contact-digits = um código que confirma um contacto tem 6 dígitos ou mais
conform-contact-once = um código que confirma um contacto serve uma só vez
conform-proofed = a verificação da identidade é comunicada a um contacto validado, nunca a um que foi escrito no pedido
conform-least-nist = uma palavra-passe sem outro fator tem 15 caracteres ou mais (perfil nist)
conform-least-default = uma palavra-passe sem outro fator tem 15 caracteres ou mais (perfil por omissão)
conform-least-second = uma palavra-passe com segundo fator tem 8 caracteres ou mais
conform-longest = são permitidos 64 caracteres, e até 256
conform-whole = uma palavra-passe é comparada por inteiro: nenhum carácter é cortado
conform-normal = uma palavra-passe é normalizada antes do resumo: NFC e NFD são a mesma
conform-no-kinds = nenhuma regra de composição (perfil nist)
conform-kinds = nenhuma regra de composição (perfil por omissão)
conform-no-change = nenhuma mudança periódica da palavra-passe
conform-no-hints = nenhuma pista nem pergunta de segurança
conform-common = as palavras-passe comuns e divulgadas são recusadas
conform-context = as palavras-passe feitas de dados do próprio titular são recusadas
conform-service = as palavras-passe feitas do nome do serviço são recusadas
conform-told-why = uma palavra-passe é recusada com o motivo e um conselho, e o código continua válido
conform-memory-hard = as palavras-passe são guardadas por uma função exigente em memória
conform-salt = um sal de 32 bits ou mais, outro para cada palavra-passe
conform-beside = o esquema e o custo ficam guardados junto do resumo
conform-digits = um código fora de banda tem 6 dígitos ou mais
conform-once = um código fora de banda serve uma só vez
conform-cmd-code = um código temporário da Chave Móvel Digital tem 6 dígitos ou mais, serve uma só vez e vale 10 minutos no máximo
conform-ten-minutes = um código fora de banda vale 10 minutos, nem mais um segundo
conform-attempts = 5 tentativas erradas num código, e ele deixa de valer
conform-no-login = nenhum código que confirma, ativa ou recupera inicia sessão
conform-login-digits = um código para iniciar sessão tem 6 dígitos ou mais
conform-login-once = um código para iniciar sessão serve uma só vez, e só com a palavra-passe
conform-login-life = um código para iniciar sessão vale 10 minutos no máximo, nem mais um segundo do que está definido
conform-login-attempts = 5 tentativas erradas num código para iniciar sessão, e deixa de valer
conform-sms-alone = o e-mail não é fator de autenticação (login.second_factor sms)
conform-by-email = o e-mail não é fator de autenticação (login.second_factor on)
conform-hundred = 100 inícios de sessão falhados seguidos, e a palavra-passe deixa de valer até à recuperação ou reposição
conform-unlocked = o desbloqueio por um operador não recomeça a contagem das falhas
conform-new-code = um novo código não recomeça a contagem das falhas
conform-letter-failures = no máximo 100 falhas seguidas num código por carta
conform-phone-code-failures = as falhas seguidas bloqueiam o código de acesso para atendimento telefónico, e o tempo não levanta o bloqueio
conform-cmd-failures = as falhas seguidas bloqueiam o PIN e os códigos temporários da Chave Móvel Digital, um novo código não recomeça a contagem, e o tempo não levanta o bloqueio
conform-recovery-sms = um código de recuperação por SMS vale 10 minutos
conform-recovery-email = um código de recuperação por e-mail vale 24 horas
conform-letter-life = um código por correio vale 21 dias
conform-letter-abroad-life = um código por correio para outro país vale 30 dias
conform-proofing = a recuperação exige nova verificação da identidade e o código
conform-recovered = a recuperação é comunicada a todos os contactos, com o modo de reclamar
conform-bound-told = cada novo autenticador é comunicado a todos os contactos, com o modo de reclamar
conform-session-life = uma sessão termina ao fim de 24 horas, no máximo, por mais que seja usada
conform-session-idle = uma sessão termina ao fim de 1 hora sem uso, no máximo
conform-eight = uma palavra-passe tem 8 caracteres ou mais, em todos os perfis
conform-most-common = as 3000 palavras-passe mais comuns são recusadas (uma amostra)
conform-sixty-four = são permitidas palavras-passe de 64 caracteres
conform-credentials = a mudança de credenciais é comunicada ao titular
conform-contacts = a mudança e a remoção de contactos são comunicadas aos antigos
conform-locked = os inícios de sessão falhados em excesso são comunicados ao titular
conform-oracle-register = o registo não revela se existe conta, nem pelas respostas nem pelos limites
conform-oracle-recover = a recuperação não revela se existe conta, nem pelas respostas nem pelos limites
conform-oracle-login = o início de sessão não revela se existe conta, nem pelas respostas nem pelos limites
conform-oracle-second-factor = onde é exigido um segundo fator, quem não tem a palavra-passe nada mais fica a saber
conform-oracle-activate = a ativação não revela se foi enviado um código, nem pelas respostas nem pelos limites
conform-oracle-recover-confirm = o fim da recuperação não revela se foi enviado um código, nem pelas respostas nem pelos limites
conform-oracle-phone-code = a linha telefónica não revela se existe código, nem pelas respostas nem pelos limites
conform-oracle-phone-line = uma chamada não revela se existe código, nem pelas respostas nem pelos limites
conform-login-time = um início de sessão demora o mesmo, haja conta ou não
conform-code-time = uma nova palavra-passe por código demora o mesmo, haja conta ou não
conform-activation-code = os códigos de ativação são aleatórios e de curta duração, e nunca passam a palavra-passe
conform-operators = os administradores podem iniciar uma reposição e nunca escolhem uma palavra-passe
conform-stale = um código usado, substituído ou expirado não serve para nada
conform-keyed = os segredos de baixa entropia são guardados em resumo com chave, e nenhum às claras
conform-generator = os códigos vêm de um gerador criptográfico
conform-twenty-bits = um código tem 20 bits de entropia ou mais, que 6 dígitos aleatórios satisfazem
conform-ten-minutes-for-all = qualquer código fora de banda vale 10 minutos, no máximo
conform-bound = um código está ligado ao pedido que o originou: ao titular e ao fim
conform-cmd-bound = um código temporário da Chave Móvel Digital está ligado a ela: ao titular, ao PIN e ao fim
conform-attempts-limited = as tentativas num código são limitadas
conform-resend = os pedidos de novo código são limitados
conform-identity = as tentativas de verificação da identidade são limitadas, no conjunto dos procedimentos
conform-token = o código de sessão tem 128 bits secretos ou mais
conform-no-token = sem a parte secreta do código de sessão nada se abre
conform-call-token = o código de uma chamada tem 128 bits secretos ou mais
conform-new-token = cada início de sessão cria um novo código de sessão
conform-ended = o fim de sessão, o encerramento, a suspensão, a reposição, a recuperação e a mudança da palavra-passe terminam as sessões
conform-call-ended = o encerramento, a suspensão, a reposição, outro código de acesso para atendimento telefónico e o seu próprio prazo terminam uma chamada
conform-fresh = os contactos e o código de acesso para atendimento telefónico só mudam nos 10 minutos após um início de sessão
conform-compared = a comparação de segredos nada revela pelo tempo: comparam-se resumos com chave
conform-authenticated = o que é cifrado é autenticado e ligado ao seu fim
conform-nonces = nenhum nonce é usado duas vezes
conform-unguessable = o que não se pode adivinhar tem 128 bits de acaso ou mais
conform-who-what-when = cada entrada da auditoria diz quem, o quê, sobre quem e quando, em UTC
conform-no-secret = nenhum segredo nem dado escrito fica na auditoria
conform-failures = as falhas também ficam na auditoria, com o motivo
conform-forged = nenhum texto introduzido pode forjar uma entrada da auditoria
conform-unalterable = as entradas da auditoria não podem ser alteradas nem apagadas
conform-generic = o que se diz de um valor malformado não o repete
conform-closed = o que falha a meio falha fechado: nada fica feito
conform-cost = argon2id com 19 MiB, t=2, p=1, ou equivalente
conform-quick = um início de sessão demora menos de um segundo
conform-renewed = um início de sessão refaz o resumo quando os custos mudaram
conform-one-answer = uma só resposta a quem não prova ser o titular
conform-one-time = e no mesmo tempo
conform-single-use = um código de recuperação serve uma só vez, e um anterior nunca
conform-unchanged = nada muda na conta antes de um código certo
conform-told-after = o titular é avisado no fim
conform-destination = um código de recuperação vai só para o seu destino
conform-no-session = a recuperação não inicia sessão
conform-least-default-reason = a RCM 41/2018 pede à administração pública 9 caracteres de três tipos; `ssd policy set password.profile nist` pede 15
conform-kinds-reason = a RCM 41/2018 pede à administração pública três tipos de caracteres; o perfil nist não pede nenhum
conform-by-email-reason = o próprio serviço envia o segundo fator por SMS ou e-mail; `ssd policy set login.second_factor sms` exclui o e-mail
conform-letter-failures-reason = um limite que anulasse o código de uma carta deixaria um estranho anulá-lo a caminho; dez tentativas por hora em 21 dias acertam num de 20^8 códigos uma vez em cinco milhões
conform-ten-minutes-for-all-reason = os códigos por e-mail e por carta ativam e recuperam, e não iniciam sessão: para esses a 63B 4.2.1.2 dá 24 horas, 21 dias e 30 dias
conform-not-run-reason = a prova não observou nada

### ajuda

help = ssd: a vida das contas da Segurança Social Direta, na linha de comandos
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
help-more = `ssd COMANDO --help` diz mais sobre um comando. Num terminal, os valores em falta são pedidos.
    Códigos de saída: 0 feito, 1 recusado ou diferente do esperado, 2 linha de comandos ou valor incorreto, 3 base de dados em
    falta, ocupada ou cheia, 4 base de dados danificada ou alheia, 5 algumas linhas rejeitadas, 101 um erro do programa, 130 Ctrl-C.
help-init = criar uma base de dados
help-init-more = Só uma base de ensaio tem um relógio que se acerta com `ssd clock`, e códigos que se repetem para a mesma semente.
help-register = pedir uma conta
help-register-more = Pelo portal (por omissão) um cidadão indica NISS e data de nascimento, uma empresa NISS e NIF; o código segue para um
    contacto registado. O procedimento clássico pede a identificação completa e contactos: de um cidadão --name, --birth-date,
    --civil-id e --nif, de uma empresa --name, --nif e --responsible; e --email, --mobile ou ambos.
    Pela Chave Móvel Digital (--procedure cmd) é o PIN, e depois PIN, --code e --consent: a conta fica logo ativa, sem
    palavra-passe.
help-activate = definir a primeira palavra-passe com o código de verificação
help-login = iniciar sessão: SSD_SESSION=$(... | ssd login NISS --password-stdin)
help-login-more = Onde a política exige um segundo fator (login.second_factor), a primeira chamada envia um código e não dá sessão; a segunda,
    com a mesma palavra-passe e --code, inicia-a. Pela Chave Móvel Digital (--method cmd) também são duas chamadas: com o PIN é
    enviado um código temporário para o respetivo telemóvel, com PIN, --code e --consent inicia-se a sessão.
help-logout = terminar a sessão de SSD_SESSION
help-recover = definir uma nova palavra-passe, quando se perdeu a antiga
help-recover-request = pedir um código de verificação
help-recover-confirm = definir a nova palavra-passe com o código de verificação
help-password = alterar a palavra-passe
help-password-change = alterar a palavra-passe do titular da sessão
help-password-change-more = A palavra-passe atual e a nova são duas linhas da entrada padrão ou do ficheiro, por esta ordem. Uma conta aberta pela Chave
    Móvel Digital ainda não tem nenhuma: então a nova é a única linha, e a sessão tem de ser recente.
help-contacts = ver, alterar, confirmar e remover contactos
help-contacts-show = ver os contactos e o que está proposto para eles
help-contacts-update = propor outros contactos; cada e-mail e telemóvel recebe um código
help-contacts-confirm = confirmar (fidelizar) um contacto com um código; sem código, enviá-lo
help-contacts-remove = remover contactos
help-alerts = escolher como chegam os alertas, e enviá-los
help-alerts-set = escolher como chegam os alertas
help-alerts-send = enviar alertas a titulares a partir de um ficheiro, uma resposta por linha (para operadores)
help-alerts-send-more = CSV com cabeçalho, ou um objeto JSON por linha: niss kind about decision amount paid_on e, se quiser, id. Uma decisão
    (kind decision) pede "about" e "decision" (granted: deferido, refused: indeferido), uma prestação (benefit) "about" e
    talvez "amount", um pagamento (payment) "about", "amount" (540.00 ou 540,00, em JSON um texto) e "paid_on". Cada um fica
    nas mensagens do titular (`ssd messages`) e segue ainda pelo canal que o titular escolheu. É um lote: --out e --resume
    estão em `ssd batch --help`.
help-messages = ler as mensagens: decisões, prestações, pagamentos
help-messages-list = listar as mensagens, das mais antigas para as mais recentes; `--kind payment`: os pagamentos, com datas e valores
help-messages-show = ver uma mensagem; fica então como lida
help-profile = ver os dados do próprio titular
help-profile-show = ver quem é o titular e como é contactado, com dados ocultos
help-phone-code = o código de acesso para atendimento telefónico
help-phone-code-set = criar o código de acesso para atendimento telefónico; é mostrado uma vez
help-phone-code-change = alterar o código de acesso para atendimento telefónico
help-phone-code-verify = comparar os dígitos digitados no telefone
help-phone-line = o lado de quem liga para a linha telefónica: NISS e depois seis dígitos; mostra o código da chamada, para SSD_CALL
help-phone-line-more = Com --code-stdin e sem NISS, a entrada tem duas linhas: o NISS e depois os dígitos. Num terminal, os dígitos errados
    voltam a ser pedidos, até estarem certos ou bloqueados. É a mesma regra de `ssd phone-code verify`, com as mesmas contagens.
help-phone-line-whoami = dizer quem está em linha, e nada mais
help-phone-line-whoami-more = A chamada está em SSD_CALL, ou numa linha da entrada. Termina por si (phone_line.token.life), e quando mudam o código de
    acesso para atendimento telefónico ou o estado da conta.
help-batch = responder a pedidos de um ficheiro, uma resposta por linha
help-batch-more = Uma linha é um objeto JSON: "op", os campos dessa operação (`ssd schema`) e, se quiser, um "id", que a resposta repete.
    Também serve um CSV com cabeçalho, com um só --op para todas as linhas. Uma linha recusada ou malformada é respondida como
    tal e não para as outras. Com --out, um lote interrompido, seja pelo que for, continua com --resume: nenhuma linha é feita
    duas vezes e nenhuma resposta falta. O que vai para um pipe ou para o terminal pode perder-se com ele, e não se retoma.
help-registry = carregar e ver os registos dos titulares
help-registry-import = carregar registos de CSV ou JSON Lines
help-registry-import-more = Colunas, por qualquer ordem, pelo cabeçalho: niss kind status name birth_date civil_id_kind civil_id nif responsible
    email mobile telephone address postal_code locality country language. São obrigatórias niss, kind e name, e para pessoas
    singulares também birth_date. As linhas corretas são carregadas, aconteça o que acontecer às outras.
help-registry-show = ver o registo de um titular
help-registry-count = contar os registos
help-account = ver contas, e alterá-las com um motivo
help-account-show = ver uma conta, o que a bloqueia e o que é possível fazer
help-account-list = listar as contas
help-account-unlock = levantar todos os bloqueios de um titular
help-account-suspend = suspender uma conta
help-account-resume = retomar uma conta suspensa
help-account-reset = repor uma conta no início; é enviado um novo código de ativação
help-account-close = encerrar uma conta
help-account-history = contar o que foi feito sobre um titular
help-account-timeline = contar a vida de uma conta: o que foi pedido, o que resultou e o que foi enviado
help-account-timeline-more = ● feito, × recusado, · lido por um operador, ◆ estado, # código, → mensagem, » carta impressa, ■ bloqueio. Com --html é
    uma página que não precisa de mais nada, com os estados numa faixa e as mensagens como se viam; só o próprio pode ler o
    ficheiro. Fora de uma base de ensaio a leitura fica na auditoria e os códigos vão ocultos.
help-account-export = mostrar tudo o que está guardado de uma pessoa, num objeto JSON
help-account-export-more = Os códigos das mensagens vão ocultos; de palavras-passe e códigos diz-se apenas que existem. Fora de uma base de ensaio a
    leitura fica na auditoria.
help-account-erase = apagar tudo o que está guardado de uma pessoa
help-account-erase-more = Registo, conta, códigos, sessões, mensagens e o que os operadores disseram: tudo é sobrescrito. A auditoria guarda que
    alguém foi apagado e porquê, não quem: o motivo não o pode dizer. Ficam de fora cópias da base de dados, ficheiros de
    respostas e rejeições, e as últimas respostas de um lote interrompido que não continuou.
help-outbox = ler as mensagens
help-outbox-list = listar as mensagens
help-outbox-show = ver uma mensagem
help-outbox-code = escrever o código mais recente de um titular, e mais nada
help-outbox-wait = esperar por uma mensagem e mostrar o seu código, o seu texto ou toda ela
help-outbox-wait-more = Uma que já existe é mostrada de imediato: a mais recente. Entretanto passa tempo real, também numa base de ensaio.
help-cmd = ativar ou cancelar a Chave Móvel Digital no fornecedor de autenticação
help-cmd-enrol = ativar a Chave Móvel Digital de um titular
help-cmd-enrol-more = Os dados que não se indicam são copiados do registo, como está agora: com outros ensaia-se uma divergência. Quem já a tem é
    recusado até ser cancelada com `ssd cmd revoke`.
help-cmd-revoke = cancelá-la, com o código em aberto e o bloqueio
help-outbox-print = imprimir cartas para um PDF, e registar que seguiram
help-outbox-print-more = Páginas A4 com a morada na janela de um envelope DL. As mais antigas vêm primeiro. Uma impressão
    interrompida não regista nada: repita-a. Uma carta cujo código já não serve não é impressa.
help-outbox-export = escrever e-mails como ficheiros, um por mensagem
help-outbox-export-more = Cada um é ID.eml, segundo o RFC 5322. Um que já exista fica como está.
help-audit = ver quem fez o quê, e quando
help-audit-list = listar as entradas
help-audit-verify = ver se a auditoria está como foi escrita
help-audit-verify-more = Cada entrada está encadeada na anterior com a chave da base de dados. O primeiro lugar que não bate certo é indicado
    (código de saída 4). Com --since verifica-se a partir de uma âncora: isso também revela um fim cortado por quem tem a
    chave.
help-audit-head = mostrar a âncora da última entrada, para guardar noutro lugar
help-audit-export = mostrar cada entrada tal como está encadeada, uma linha de JSON por entrada
help-audit-export-more = A quem diz respeito uma entrada é um número aleatório, e do motivo de um operador fica só um resumo com chave: pode
    guardar-se mesmo quando uma pessoa é apagada.
help-why = dizer que regra decidiu um pedido
help-why-more = O número de um pedido é `request` na sua resposta e a primeira coluna de `ssd audit list`.
help-policy = a política do serviço: prazos e limites
help-policy-show = ver todas as definições
help-policy-set = alterar uma definição
help-clock = mostrar e acertar a hora de uma base de ensaio
help-clock-show = mostrar que horas são numa base de ensaio
help-clock-advance = adiantar o relógio de uma base de ensaio
help-clock-set = adiantar o relógio de uma base de ensaio até uma hora
help-scenario = executar ficheiros de pedidos, cada um na sua base de ensaio
help-scenario-run = executar ficheiros de pedidos e dizer o que não sai como eles esperam
help-scenario-run-more = Uma linha é um pedido com os campos das opções do comando, como num lote, e "expect", aquilo a que a
    resposta tem de corresponder. Linhas só dos cenários: "op":"init" com "seed" e "at" (a primeira linha), "registry" com
    "rows" ou "file", "clock" com "advance" ou "set", "message" com "niss", "purpose", "channel", "count", "letters" com
    "pending", "niss", "since", "limit", que não imprime para ficheiro nenhum. "//" é um comentário. Em "expect" um texto
    pode ter [..] por um texto qualquer.
help-scenario-export = contar a vida de uma conta como um cenário
help-scenario-export-more = O registo, os avanços do relógio, os pedidos e as respostas, deduzidos da auditoria: executados noutro lado, levam ao
    mesmo estado. As palavras-passe e os valores errados são outros, com o mesmo destino. Com --anonymise outra pessoa toma o
    lugar do titular: outro nome, outros números válidos, contactos da mesma forma, nenhum motivo de operador.
help-conform = pôr à prova os requisitos de NIST SP 800-63-4 e OWASP ASVS 5.0
help-conform-more = Cada um é posto à prova nos próprios procedimentos, em bases de ensaio, no seu limite: decide o que se
    observa. Cada linha tem um veredicto: pass, fail, deviation (conhecido, com o motivo) ou not_run. Não precisa de base de
    dados, e não toca em nenhuma. Termina com 1 se algo falhar.
help-store = verificar, copiar e descrever a base de dados
help-store-check = verificar as páginas, as referências, a estrutura, a chave e o que está selado; apagar códigos expirados
help-store-backup = copiar toda a base de dados, enquanto outros trabalham
help-store-rekey = dar outro ficheiro de chave à base de dados
help-store-info = dizer o que a base de dados é
help-schema = mostrar o JSON Schema dos pedidos e das respostas
help-schema-more = Versão 2020-12; com `--json` vem numa resposta, com a sua versão. O programa aceita algumas coisas com um pouco menos de
    rigor.
help-state-hash = mostrar uma linha que é igual para bases de dados que se veem iguais
help-state-hash-more = Contam as linhas das tabelas, a política e o relógio de uma base de ensaio; não conta o que foi sorteado (códigos,
    chaves, semente) nem a auditoria. Com --niss contam apenas as linhas desse titular.
help-explain = dizer o que significa um motivo, porque surgiu e o que fazer
help-explain-more = O motivo é a palavra entre parênteses retos: `refused[code_expired]`. Sem nenhum, são explicados todos.
help-completions = imprimir o preenchimento automático para uma shell
help-completions-more = Bash: ssd completions bash > ~/.local/share/bash-completion/completions/ssd. Zsh: como _ssd numa pasta de $fpath. Fish:
    ~/.config/fish/completions/ssd.fish. PowerShell: ssd completions powershell | Out-String | Invoke-Expression.
help-man = imprimir o manual, ou escrever as suas páginas numa pasta

man-name = Nome
man-synopsis = Sinopse
man-description = Descrição
man-see-also = Ver também
man-usage-command = COMANDO [OPÇÕES]
man-usage-options = [OPÇÕES]

### o que está no lugar de um valor

value-ADDRESS = ENDEREÇO
value-ANCHOR = ÂNCORA
value-CHANNEL = CANAL
value-CODE = CÓDIGO
value-DATE = DATA
value-DIR = PASTA
value-FILE = FICHEIRO
value-FORM = FORMATO
value-HOW = MODO
value-KEY = DEFINIÇÃO
value-KIND = TIPO
value-LANG = LÍNGUA
value-LINES = LINHAS
value-METHOD = MEIO
value-NAME = NOME
value-NUMBER = NÚMERO
value-OP = OPERAÇÃO
value-PATH = CAMINHO
value-PROCEDURE = PROCEDIMENTO
value-PURPOSE = FINALIDADE
value-REASON = MOTIVO
value-REQUEST = PEDIDO
value-SHELL = SHELL
value-SPAN = DURAÇÃO
value-STANDARD = NORMA
value-STATE = ESTADO
value-STEP = PASSO
value-STORE = BASE
value-TEXT = TEXTO
value-TIME = HORA
value-TYPE = TIPO
value-VALUE = VALOR
value-WHAT = PARTE
value-WHEN = QUANDO

arg-store = a base de dados [SSD_STORE; ssd/store.db na pasta de dados]
arg-key_file = o ficheiro da sua chave [SSD_KEY_FILE; ao lado da base de dados, com o nome desta e .key]
arg-json = um objeto JSON na saída padrão, também para recusas e erros
arg-lang = língua das frases: en, pt [SSD_LANG; a configuração regional]
arg-no_input = não perguntar nada, mesmo num terminal
arg-quiet = só o resultado, as recusas e os erros
arg-format = listas em tabela, ou qualquer resultado em CSV: table, csv [em tabela, num terminal]
arg-color = cores: auto (num terminal), always (sempre), never (nunca)
arg-yes = dar o resumo por confirmado
arg-niss = Número de Identificação de Segurança Social: 11 dígitos
arg-account_type = citizen (Cidadão) ou company (Empresa/Instituição)
arg-procedure = portal, classic ou cmd [portal]
arg-birth_date = data de nascimento, AAAA-MM-DD (cidadãos)
arg-name = nome completo, ou a denominação da empresa
arg-civil_id = número de identificação civil, de qualquer documento (cidadãos)
arg-nif = número de identificação fiscal: 9 dígitos
arg-responsible = nome da pessoa responsável (empresas)
arg-email = endereço de e-mail
arg-mobile = telemóvel; nove dígitos são um número português, os outros querem + e o país
arg-telephone = telefone, facultativo
arg-alerts = como chegam os alertas: email, sms ou none (nenhum)
arg-channel = como chega o código: email, sms ou letter (por carta)
arg-accept_terms = os termos e condições foram lidos e aceites
arg-until = avaliar o pedido só até aí, e não fazer nada: identity ou channels
arg-activate-until = avaliar o pedido só até aí, e não fazer nada: code
arg-recover-confirm-until = avaliar o pedido só até aí, e não fazer nada: code
arg-code = o código da mensagem
arg-password_stdin = ler a palavra-passe de uma linha da entrada padrão
arg-password_file = ler a palavra-passe de uma linha deste ficheiro
arg-method = password ou cmd (Chave Móvel Digital) [password]
arg-pin_stdin = ler o PIN da Chave Móvel Digital de uma linha da entrada padrão
arg-pin_file = ler o PIN da Chave Móvel Digital de uma linha deste ficheiro
arg-register-code = o código temporário da Chave Móvel Digital; sem ele, é enviado um
arg-login-code = o código do segundo fator, ou o temporário da Chave Móvel Digital; sem ele, é enviado um onde é exigido
arg-consent = autoriza a entrega de nome, data de nascimento, identificação civil, NIF e NISS
arg-cmd-enrol-mobile = para onde seguem os códigos; de qualquer país
arg-cmd-enrol-name = nome completo [o do registo]
arg-cmd-enrol-birth_date = data de nascimento, AAAA-MM-DD [a do registo]
arg-cmd-enrol-civil_id = número de identificação civil [o do registo]
arg-cmd-enrol-nif = número de identificação fiscal [o do registo]
arg-without_niss = o fornecedor não tem o NISS
arg-generate = sortear os novos dígitos e escrevê-los
arg-new_code_stdin = ler os novos dígitos de uma linha da entrada padrão
arg-code_stdin = ler os dígitos de uma linha da entrada padrão
arg-call_stdin = ler o código da chamada de uma linha da entrada
arg-reason = o motivo, para a auditoria
arg-account-erase-reason = porquê, para a auditoria; sem dizer quem é a pessoa
arg-purpose = para que serve: activation, recovery, contact_email, contact_mobile, login ou cmd
arg-outbox-list-purpose = só desta finalidade: activation, recovered, code_blocked, etc.
arg-outbox-list-channel = só por este canal: email, sms ou letter
arg-outbox-list-pending = só cartas ainda não impressas
arg-outbox-print-pending = só cartas ainda não impressas
arg-outbox-print-out = o PDF, por inteiro ou nada
arg-manifest = um CSV com uma linha por carta: página, páginas, mensagem, NISS, finalidade, língua, morada, etc.
arg-outbox-print-limit = no máximo tantas cartas: as mais antigas
arg-outbox-print-niss = só deste titular
arg-eml = a pasta dos ficheiros; é criada se não existir
arg-outbox-export-limit = no máximo tantos e-mails: os mais recentes
arg-outbox-export-niss = só deste titular
arg-outbox-export-purpose = só desta finalidade: activation, recovered, code_blocked, etc.
arg-state = só neste estado: requested, active, suspended ou closed
arg-limit = no máximo tantas linhas: as mais recentes
arg-account-list-limit = no máximo tantas linhas: as primeiras
arg-kind = só deste tipo: decision (decisão), benefit (prestação) ou payment (pagamento)
arg-unread = só as que não foram lidas
arg-alerts-send-dry_run = experimentar numa cópia: respostas e mensagens como seriam
arg-since = nada de antes desta hora, 2026-03-02T09:00:00Z
arg-audit-verify-since = só a partir desta âncora
arg-request = o número do pedido
arg-outbox-list-niss = só deste titular
arg-account-list-niss = só deste titular
arg-audit-list-niss = só deste titular
arg-state-hash-niss = só deste titular
arg-recover-request-channel = como chega o código: email ou sms
arg-login-channel = como chega o código do segundo fator: email ou sms [o telemóvel, se houver]
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
arg-timeout = quanto tempo no máximo: 90s, 10m; 0s não espera [5s]
arg-print = o quê: code, body ou json, que é --json [code]
arg-key = a definição
arg-value = o seu novo valor
arg-advance = quanto: 90s, 10m, 24h, 8d, ou dias úteis, 8wd
arg-time = até quando: 2026-03-02T09:00:00Z
arg-sandbox = uma base de ensaio: acerta-se o relógio à mão, os códigos repetem-se
arg-seed = de onde vem todo o acaso da base de ensaio [0]
arg-at = a hora na base de ensaio [2026-01-05T09:00:00Z]
arg-file = o ficheiro; - é a entrada padrão
arg-files = os cenários; - é a entrada padrão
arg-standard = só de uma norma: nist (63A, 63B) ou asvs (ASVS, cheat sheets)
arg-junit = escrever um relatório JUnit neste ficheiro
arg-anonymise = pôr outra pessoa no lugar do titular
arg-keep = guardar aqui a base de ensaio; de um só FICHEIRO
arg-html = escrever uma página completa neste ficheiro
arg-store-backup-file = o ficheiro da cópia; ainda não pode existir
arg-out = escrever as respostas neste ficheiro
arg-op = o ficheiro é um CSV, e cada linha pede isto
arg-jobs = quantas threads calculam palavras-passe [tantas quantos os núcleos]
arg-group = quantas linhas por transação, no máximo [1000]
arg-batch-dry_run = experimentar numa cópia: respostas e mensagens como seriam
arg-stop_on_refusal = acabar na primeira linha que não seja feita
arg-resume = continuar um lote que foi interrompido
arg-explained = o motivo, ou todos
arg-shell = bash, zsh, fish ou powershell
arg-folder = a pasta; sem nenhuma, é impressa a página do próprio `ssd`
arg-rejects = escrever neste ficheiro as linhas rejeitadas: linha, coluna e motivo
arg-dry_run = avaliar todas as linhas, sem carregar nenhuma

### refusals, hints and messages follow

### Recusas: o que foi recusado e porquê, a seguir a "refused[motivo]: ".

refused-terms_not_accepted = os termos e condições do serviço não foram aceites
refused-account_type_mismatch = este titular não pode ter uma conta desse tipo
refused-account_type_mismatch-alerts = os alertas são para cidadãos
refused-identity_mismatch = os dados não correspondem aos que constam no sistema da Segurança Social
refused-identity_blocked = falharam demasiadas verificações desta identidade; estão bloqueadas até { $retry_at }
refused-already_registered = já existe uma conta ativa
refused-no_account = não existe conta para recuperar
refused-no_account-operator = não existe conta para este NISS
refused-no_account-login = não existe conta em que iniciar sessão
refused-not_active = a conta não está ativa
refused-suspended = a conta está suspensa
refused-closed = a conta está encerrada
refused-channel_unavailable = o código não pode seguir por esse canal; pode seguir por: { $channels }
refused-channel_unavailable-alerts = não há contacto registado para alertas por esse canal; há para: { $channels }
refused-no_channel = não há forma de enviar um código a este titular
refused-no_channel-alerts = não há contacto registado para onde enviar alertas
refused-no_channel-reset = não há contacto nem morada para onde enviar um código
refused-too_soon = o último código foi enviado há muito pouco tempo; pode pedir outro a partir de { $retry_at }
refused-too_many_codes = foram pedidos demasiados códigos; pode pedir outro a partir de { $retry_at }
refused-no_code = nunca foi enviado um código destes a este titular
refused-no_code-wiped = já não há nenhum código destes: os que foram enviados a este titular foram utilizados, substituídos ou expiraram, e foram apagados
refused-no_code-waited = não chegou a este titular nenhum código desses em { $timeout }
refused-code_wrong = o código não está certo
refused-code_expired = o código expirou em { $expired_at }
refused-code_used = o código já foi utilizado
refused-code_superseded = esse código é antigo: um mais recente, ou uma alteração da conta, tomou o seu lugar
refused-code_blocked = foram inseridos demasiados códigos errados; os códigos estão bloqueados até { $retry_at }
refused-code_blocked-dead = foram inseridos demasiados códigos errados; esse código já não pode ser utilizado
refused-password_weak-short = a palavra-passe é demasiado curta
refused-password_weak-classes = a palavra-passe tem poucos tipos de caracteres
refused-password_weak-common = a palavra-passe é uma das mais comuns que há
refused-password_weak-guessable = a palavra-passe seria adivinhada em pouco tempo
refused-password_weak-personal = a palavra-passe seria adivinhada em pouco tempo por quem conhece o titular
refused-password_repeated = essa é a palavra-passe atual
refused-login_failed = o NISS e a palavra-passe não permitem iniciar sessão
refused-login_locked = falharam demasiadas tentativas de iniciar sessão; o início de sessão está bloqueado até { $retry_at }
refused-login_locked-dead = falharam demasiadas tentativas de iniciar sessão; esta palavra-passe já não pode ser utilizada
refused-login_required = não há sessão iniciada
refused-login_required-ended = a sessão terminou
refused-login_required-stale = a autenticação foi há demasiado tempo para isto
refused-contact_unchanged = { $kind ->
    [email] esse já é o endereço de e-mail registado
    [mobile] esse já é o telemóvel registado
   *[telephone] esse já é o telefone registado
  }
refused-contact_unchanged-absent = { $kind ->
    [email] não há endereço de e-mail para remover
    [mobile] não há telemóvel para remover
   *[telephone] não há telefone para remover
  }
refused-nothing_to_confirm = nenhum contacto desse tipo espera confirmação
refused-phone_code_missing = ainda não existe código de acesso para atendimento telefónico
refused-phone_code_exists = já existe código de acesso para atendimento telefónico
refused-phone_code_trivial = esses dígitos são os que qualquer pessoa tentaria primeiro
refused-phone_code_unchanged = esse é o código de acesso para atendimento telefónico atual
refused-phone_code_wrong = o código de acesso para atendimento telefónico não está certo
refused-phone_code_blocked = foram inseridos demasiados códigos errados; o código está bloqueado até ser alterado ou desbloqueado
refused-cmd_not_enrolled = o fornecedor de autenticação não conhece nenhuma Chave Móvel Digital deste titular
refused-cmd_enrolled = o fornecedor de autenticação já conhece uma Chave Móvel Digital deste titular
refused-cmd_pin_wrong = o PIN não está correto
refused-cmd_code_wrong = o código temporário não está correto
refused-cmd_code_expired = o código temporário expirou em { $expired_at }
refused-cmd_blocked = foram inseridos demasiados PIN ou códigos temporários errados; a Chave Móvel Digital está bloqueada até ser desbloqueada ou ativada de novo
refused-consent_refused = a entrega dos dados não foi autorizada
refused-call_required = não está em linha ninguém identificado
refused-sandbox_only-outbox = só numa base de ensaio pode alguma coisa estar em vez de um código
refused-sandbox_only = só uma base de ensaio tem um relógio que se pode acertar e uma semente
refused-real_only = uma base de ensaio não tem ficheiro de chave: a chave resulta da semente
refused-clock_backwards = o relógio só anda para a frente, e já são { $now }
refused-not_in_registry = o registo não tem dados deste NISS
refused-holder_inactive = segundo o registo, este titular faleceu ou cessou
refused-not_suspended = a conta não está suspensa
refused-no_message = não existe a mensagem { $id }
refused-no_message-waited = não chegou a este titular nenhuma mensagem dessas em { $timeout }
refused-no_request = a auditoria não tem a entrada { $id }
refused-explained = explicação: ssd explain { $reason }

### Sugestões: o que a pessoa pode realmente fazer a seguir.

hint-wait = espere até { $retry_at }
hint-wait-or-call = espere até { $retry_at }, ou ligue para a Linha Segurança Social: 210 545 400 ou 300 502 502, dias úteis das 9h00 às 18h00
hint-wait-or-recover = espere até { $retry_at }; uma nova palavra-passe por recuperação (ssd recover request) levanta o bloqueio
hint-call = ligue para a Linha Segurança Social: 210 545 400 ou 300 502 502, dias úteis das 9h00 às 18h00
hint-check-or-call = verifique o que inseriu; se estiver certo, ligue para a Linha Segurança Social: 210 545 400 ou 300 502 502, dias úteis das 9h00 às 18h00
hint-accept-terms = leia os termos e condições e, se concordar, acrescente --accept-terms
hint-account-type = peça-a com --account-type { $account_type }
hint-channels = escolha outro com --channel: { $channels }
hint-use-code-or-wait = utilize o código que foi enviado, ou espere até { $until }
hint-wait-until = espere até { $until }
hint-newest-code = utilize o código que foi enviado por último
hint-check-code = verifique a mensagem e utilize o código que foi enviado por último; se não houver nenhum, peça um
hint-another-code = peça outro código, pelo menos { $wait } depois do último
hint-another-code-now = peça outro código: { $command }
hint-another-code-later = pode pedir outro código a partir de { $until }: { $command }
hint-log-in = inicie sessão: ssd login { $niss } --password-stdin
hint-log-in-cmd = inicie sessão: ssd login { $niss } --method cmd --pin-stdin
hint-log-in-later = pode voltar a iniciar sessão a partir de { $until }
hint-log-in-first = inicie sessão: SSD_SESSION=$(ssd login NISS --password-stdin); export SSD_SESSION
hint-recover = defina uma nova palavra-passe: ssd recover request { $niss }
hint-new-password = defina uma nova palavra-passe por recuperação (ssd recover request), ou ligue para a Linha Segurança Social: 210 545 400 ou 300 502 502
hint-check-login = verifique o NISS e a palavra-passe; uma palavra-passe perdida substitui-se com ssd recover request
hint-register = peça uma conta: ssd register
hint-password-longer = utilize pelo menos { $least } caracteres; várias palavras seguidas são uma boa escolha
hint-password-classes = misture três destes: letras minúsculas, letras maiúsculas, dígitos, outros caracteres
hint-password-uncommon = utilize uma que não esteja em nenhuma lista: por exemplo, várias palavras que não tenham relação entre si
hint-password-words = utilize várias palavras que não tenham relação entre si, ou mais caracteres
hint-password-stranger = deixe de fora os seus nomes, datas, números e contactos
hint-other-password = escolha outra palavra-passe
hint-confirm-as-it-stands = para o confirmar tal como está: ssd contacts confirm --channel { $channel }
hint-update-contacts = proponha primeiro um contacto: ssd contacts update
hint-change-phone-code = altere-o: ssd phone-code change --generate
hint-set-phone-code = obtenha um: ssd phone-code set
hint-other-digits = escolha outros dígitos, ou deixe que sejam sorteados: ssd phone-code change --generate
hint-check-phone-code = insira de novo os seis dígitos; o titular pode alterá-los (ssd phone-code change)
hint-phone-code-blocked = o titular altera-o (ssd phone-code change), ou um operador desbloqueia-o (ssd account unlock)
hint-cmd-enrol = sem ela, servem o NISS e a palavra-passe; um operador ativa-a no fornecedor: ssd cmd enrol
hint-cmd-revoke = cancele-a primeiro: ssd cmd revoke { $niss }
hint-cmd-pin = insira de novo o PIN; demasiados errados seguidos bloqueiam-na
hint-cmd-code = utilize o código que foi enviado por último; para outro, o mesmo comando sem --code
hint-cmd-another-code = peça outro: o mesmo comando sem --code
hint-cmd-another-code-later = pode pedir outro a partir de { $until }, com o mesmo comando sem --code
hint-cmd-blocked = um operador desbloqueia-a (ssd account unlock), ou cancela-a e ativa-a de novo (ssd cmd revoke, ssd cmd enrol)
hint-consent = se concordar, acrescente --consent; o código continua válido até { $until }
hint-register-cmd = peça uma conta: { $command }
hint-activate = ative-a com o código que foi enviado: ssd activate { $niss }
hint-identify-caller = identifique quem liga: SSD_CALL=$(ssd phone-line NISS --code-stdin); export SSD_CALL
hint-sandbox = crie uma base de ensaio: ssd --store FICHEIRO init --sandbox
hint-outbox-list = veja as que existem: ssd outbox list
hint-messages-list = veja as que existem: ssd messages list
hint-audit-list = veja as que existem: ssd audit list
hint-nothing-kept = nada está guardado com este NISS: verifique se foi bem escrito
hint-real = uma base de dados que não é de ensaio tem um: ssd --store FICHEIRO init
hint-code-wiped = peça outro, conforme o fim do código: ssd register, ssd recover request ou ssd contacts confirm
hint-no-code = veja o que foi enviado: ssd outbox list --niss NISS
hint-look = veja como está: ssd account show { $niss }
hint-look-up = veja o que consta no registo: ssd registry show { $niss }
hint-import = atualize os dados do registo: ssd registry import FICHEIRO
hint-later-sandbox = comece mais cedo numa base de ensaio própria: ssd --store FICHEIRO init --sandbox --at HORA
hint-see-contacts = veja como estão: ssd contacts show
hint-resume = para a retomar: ssd account resume { $niss } --reason TEXTO
hint-reset = para a abrir de novo: ssd account reset { $niss } --reason TEXTO

### Mensagens aos titulares. Sem ligações, sem pedir códigos nem palavras-passe. Um SMS tem 160 caracteres de GSM 03.38.

message-greeting = Exmo.(a) Senhor(a) { $name },
message-closing = Segurança Social
    Esta mensagem não precisa de resposta. Nunca pedimos a sua palavra-passe nem os seus códigos.
    Linha Segurança Social: 210 545 400 ou 300 502 502, dias úteis das 9h00 às 18h00.

letter-head = SEGURANÇA SOCIAL
letter-head-service = Segurança Social Direta
letter-sender = Remetente: Segurança Social, Lisboa
letter-number = Carta n.º { $id }
letters-title = Cartas

message-activation-subject = O seu código de verificação
message-activation = Recebemos o seu pedido de acesso à Segurança Social Direta.

    O seu código de verificação: { $code }

    Com ele ativa a sua conta e define a sua palavra-passe. É válido até { $expires_at } e só pode ser utilizado uma vez. Se não o pediu, não diga o código a ninguém e ligue para a Linha Segurança Social.
message-activation-sms = Seguranca Social Direta: o seu codigo de verificacao e { $code }, valido ate { $expires_at }. Nao o diga a ninguem. Se nao o pediu, ligue 210 545 400.

message-recovery-subject = O seu código para definir uma nova palavra-passe
message-recovery = Foi pedida uma nova palavra-passe para a Segurança Social Direta.

    O seu código de verificação: { $code }

    É válido até { $expires_at } e só pode ser utilizado uma vez. Até ser utilizado, a sua palavra-passe fica como está. Se não o pediu, não diga o código a ninguém e ligue para a Linha Segurança Social.
message-recovery-sms = Seguranca Social Direta: codigo para nova palavra-passe: { $code }, valido ate { $expires_at }. Nao o diga a ninguem. Se nao o pediu, ligue 210 545 400.

message-contact_email-subject = Confirme este endereço de e-mail
message-contact_email = Este endereço de e-mail foi indicado como contacto na Segurança Social Direta.

    O seu código de verificação: { $code }

    Com ele confirma o endereço. É válido até { $expires_at } e só pode ser utilizado uma vez. Se não o pediu, não precisa de fazer nada.
message-contact_mobile-sms = Seguranca Social Direta: codigo para confirmar este telemovel: { $code }, valido ate { $expires_at }. Nao o diga a ninguem.

message-login-subject = O seu código para iniciar sessão
message-login = Alguém inseriu a sua palavra-passe na Segurança Social Direta e pede o segundo passo.

    O seu código de verificação: { $code }

    É válido até { $expires_at } e só pode ser utilizado uma vez. Se não foi o(a) próprio(a), não diga o código a ninguém e altere a sua palavra-passe: alguém a conhece.
message-login-sms = Seguranca Social Direta: codigo para iniciar sessao: { $code }, valido ate { $expires_at }. Nao o diga a ninguem. Se nao foi o proprio, altere a palavra-passe.

message-cmd-sms = Chave Movel Digital: o seu codigo temporario e { $code }, valido ate { $expires_at }. Nao o diga a ninguem.

message-cmd_blocked-sms = Chave Movel Digital: demasiados PIN ou codigos errados; esta bloqueada. Se nao foi o proprio, ligue para a linha de apoio.

message-activated-subject = A sua conta está ativa
message-activated = A sua conta na Segurança Social Direta está ativa: a palavra-passe foi definida. Inicie sessão, e atualize e fidelize os seus contactos. Se não foi o(a) próprio(a), ligue de imediato para a Linha Segurança Social.
message-activated-sms = Seguranca Social Direta: a sua conta esta ativa, a palavra-passe foi definida. Se nao foi o proprio, ligue ja 210 545 400.

message-activated-cmd-subject = A sua conta está ativa
message-activated-cmd = A sua conta na Segurança Social Direta está ativa: foi aberta com a Chave Móvel Digital, e não tem palavra-passe. Inicie sessão, e atualize e fidelize os seus contactos. Se não foi o(a) próprio(a), ligue de imediato para a Linha Segurança Social.
message-activated-cmd-sms = Seguranca Social Direta: a sua conta esta ativa, aberta com a Chave Movel Digital. Se nao foi o proprio, ligue ja 210 545 400.

message-password_changed-subject = A sua palavra-passe foi alterada
message-password_changed = A palavra-passe da sua conta na Segurança Social Direta foi alterada. Se não foi o(a) próprio(a), ligue de imediato para a Linha Segurança Social.
message-password_changed-sms = Seguranca Social Direta: a sua palavra-passe foi alterada. Se nao foi o proprio, ligue ja 210 545 400.

message-password_changed-first-subject = A sua conta tem palavra-passe
message-password_changed-first = Foi definida uma palavra-passe para a sua conta na Segurança Social Direta, que não tinha nenhuma. Se não foi o(a) próprio(a), ligue de imediato para a Linha Segurança Social.
message-password_changed-first-sms = Seguranca Social Direta: foi definida uma palavra-passe para a sua conta. Se nao foi o proprio, ligue ja 210 545 400.

message-recovered-subject = Foi definida uma nova palavra-passe
message-recovered = Foi definida uma nova palavra-passe para a sua conta na Segurança Social Direta, com um código de recuperação, e todas as sessões abertas terminaram. Se não foi o(a) próprio(a), ligue de imediato para a Linha Segurança Social.
message-recovered-sms = Seguranca Social Direta: nova palavra-passe definida com um codigo de recuperacao. Se nao foi o proprio, ligue ja 210 545 400.

message-login_locked-subject = O início de sessão está bloqueado
message-login_locked = Falharam demasiadas tentativas de iniciar sessão na sua conta da Segurança Social Direta, pelo que o início de sessão está bloqueado até { $until }. Se não foi o(a) próprio(a), a sua palavra-passe está segura; pode sempre definir uma nova por recuperação.
message-login_locked-sms = Seguranca Social Direta: demasiadas tentativas de iniciar sessao; bloqueado ate { $until }. Se nao foi o proprio, ligue 210 545 400.
message-login_locked-dead-subject = A sua palavra-passe já não pode ser utilizada
message-login_locked-dead = Falharam demasiadas tentativas de iniciar sessão na sua conta da Segurança Social Direta, pelo que a sua palavra-passe já não pode ser utilizada. Defina uma nova por recuperação.
message-login_locked-dead-sms = Seguranca Social Direta: demasiadas tentativas de iniciar sessao; a palavra-passe ja nao serve. Defina uma nova por recuperacao, ou ligue 210 545 400.

message-code_blocked-subject = Os códigos de verificação estão bloqueados
message-code_blocked = Foram inseridos demasiados códigos de verificação errados para a sua conta na Segurança Social Direta, pelo que os códigos estão bloqueados até { $until }. Se não foi o(a) próprio(a), não precisa de fazer nada.
message-code_blocked-sms = Seguranca Social Direta: demasiados codigos errados; bloqueados ate { $until }. Se nao foi o proprio, ligue 210 545 400.
message-code_blocked-dead-subject = O seu código de verificação já não pode ser utilizado
message-code_blocked-dead = Foram inseridos demasiados códigos de verificação errados para a sua conta na Segurança Social Direta, pelo que o código enviado já não pode ser utilizado. Pode pedir outro. Se não foi o(a) próprio(a), não precisa de fazer nada.
message-code_blocked-dead-sms = Seguranca Social Direta: demasiados codigos errados; o codigo enviado ja nao pode ser utilizado. Pode pedir outro.

message-phone_code_blocked-dead-subject = O seu código para atendimento telefónico está bloqueado
message-phone_code_blocked-dead = Foram inseridos demasiados códigos errados em seu nome na Linha Segurança Social, pelo que o seu código de acesso para atendimento telefónico está bloqueado. Inicie sessão na Segurança Social Direta e altere-o. Se não foi o(a) próprio(a), ligue para a Linha Segurança Social.
message-phone_code_blocked-dead-sms = Seguranca Social Direta: demasiados codigos telefonicos errados; o seu esta bloqueado ate o alterar. Se nao foi o proprio, ligue 210 545 400.

message-phone_code_set-subject = Tem um código para atendimento telefónico
message-phone_code_set = Foi definido na Segurança Social Direta um código de acesso para atendimento telefónico em seu nome. Se não foi o(a) próprio(a), ligue de imediato para a Linha Segurança Social.
message-phone_code_set-sms = Seguranca Social Direta: foi definido um codigo para atendimento telefonico. Se nao foi o proprio, ligue ja 210 545 400.

message-phone_code_changed-subject = O seu código para atendimento telefónico foi alterado
message-phone_code_changed = O seu código de acesso para atendimento telefónico foi alterado na Segurança Social Direta. Se não foi o(a) próprio(a), ligue de imediato para a Linha Segurança Social.
message-phone_code_changed-sms = Seguranca Social Direta: o seu codigo para atendimento telefonico foi alterado. Se nao foi o proprio, ligue ja 210 545 400.

message-suspended-subject = A sua conta está suspensa
message-suspended = A sua conta na Segurança Social Direta foi suspensa pelo serviço. Para esclarecimentos, ligue para a Linha Segurança Social.
message-suspended-sms = Seguranca Social Direta: a sua conta foi suspensa pelo servico. Para esclarecimentos, ligue 210 545 400.

message-resumed-subject = A sua conta está novamente ativa
message-resumed = A sua conta na Segurança Social Direta está novamente ativa. Inicie sessão com a sua palavra-passe, como antes.
message-resumed-sms = Seguranca Social Direta: a sua conta esta novamente ativa. Inicie sessao com a sua palavra-passe, como antes.

message-reset-subject = A sua conta foi reposta
message-reset = A sua conta na Segurança Social Direta foi reposta pelo serviço: a palavra-passe deixou de servir. Vai receber um código de verificação para a ativar de novo. Para esclarecimentos, ligue para a Linha Segurança Social.
message-reset-sms = Seguranca Social Direta: a sua conta foi reposta pelo servico; vai receber um codigo para a ativar de novo. Duvidas: 210 545 400.

message-closed-subject = A sua conta está encerrada
message-closed = A sua conta na Segurança Social Direta foi encerrada. Para esclarecimentos, ligue para a Linha Segurança Social.
message-closed-sms = Seguranca Social Direta: a sua conta foi encerrada. Para esclarecimentos, ligue 210 545 400.

message-contact_changed-subject = Este contacto foi substituído
message-contact_changed = Outro contacto tomou o lugar deste na Segurança Social Direta. Se não foi o(a) próprio(a), ligue de imediato para a Linha Segurança Social.
message-contact_changed-sms = Seguranca Social Direta: outro contacto tomou o lugar deste. Se nao foi o proprio, ligue ja 210 545 400.

message-contact_removed-subject = Este contacto foi removido
message-contact_removed = Este contacto foi removido dos seus dados na Segurança Social Direta. Se não foi o(a) próprio(a), ligue de imediato para a Linha Segurança Social.
message-contact_removed-sms = Seguranca Social Direta: este contacto foi removido dos seus dados. Se nao foi o proprio, ligue ja 210 545 400.

### O que significa um motivo, porque surgiu e o que fazer (`ssd explain`).

explained = { $reason }

    { $meaning }

    Porquê: { $cause }

    O que fazer: { $next }

explain-terms_not_accepted = A conta foi pedida sem aceitar os termos e condições do serviço.
explain-terms_not_accepted-cause = Fora de um terminal, o pedido não tinha --accept-terms; num terminal, a resposta à pergunta foi não.
explain-terms_not_accepted-next = Leia os termos e peça de novo com --accept-terms, se concordar.

explain-account_type_mismatch = O titular não pode ter uma conta, ou alertas, do tipo pedido.
explain-account_type_mismatch-cause = Um cidadão tem uma conta do tipo citizen; uma entidade empregadora, seja ou não pessoa singular, e uma pessoa coletiva têm uma do tipo company. Os alertas são para cidadãos. Só é dito depois de provada a identidade.
explain-account_type_mismatch-next = Peça com o --account-type que a sugestão indica.

explain-identity_mismatch = Os dados indicados não são os que constam no registo.
explain-identity_mismatch-cause = São todos comparados e só depois é dada uma resposta: a mesma para um NISS desconhecido, para um titular que faleceu ou cessou e para qualquer dado errado, para que ninguém fique a saber qual estava certo. Cada uma é contada.
explain-identity_mismatch-next = Verifique cada dado, tal como está nos documentos. Se estiverem certos, só a Linha Segurança Social pode mandar corrigir o registo. Um operador vê na auditoria que campos diferiam: ssd why PEDIDO.

explain-identity_blocked = As verificações de identidade para este NISS estão bloqueadas por algum tempo.
explain-identity_blocked-cause = Falharam demasiadas dentro do prazo (política identity.failures, identity.window); o registo e a recuperação partilham a contagem. Enquanto dura o bloqueio nada é comparado e nada é contado.
explain-identity_blocked-next = Espere até retry_at. Um operador pode levantá-lo: ssd account unlock.

explain-already_registered = O titular tem uma conta ativa, pelo que não há nada a registar.
explain-already_registered-cause = Alguém a registou e ativou antes. Só é dito depois de provada a identidade.
explain-already_registered-next = Inicie sessão (ssd login), ou defina uma nova palavra-passe se a perdeu (ssd recover).

explain-no_account = O titular não tem conta.
explain-no_account-cause = Nunca foi pedida nenhuma, ou foi apagada.
explain-no_account-next = Peça uma: ssd register.

explain-not_active = A conta ainda não está ativa.
explain-not_active-cause = Foi pedida, ou reposta, e o código ainda não foi utilizado.
explain-not_active-next = Ative-a com o código que foi enviado: ssd activate. Para outro código: ssd register.

explain-suspended = A conta está suspensa por um operador.
explain-suspended-cause = Foi usado ssd account suspend, com um motivo que consta na auditoria.
explain-suspended-next = O titular liga para a Linha Segurança Social; um operador retoma-a com ssd account resume.

explain-closed = A conta está encerrada.
explain-closed-cause = Um operador encerrou-a, ou uma importação indicou que o titular faleceu ou cessou.
explain-closed-next = Só um operador a abre de novo, se o titular ainda existir: ssd account reset.

explain-channel_unavailable = O código não pode seguir pelo canal pedido, mas pode por outros.
explain-channel_unavailable-cause = Esse contacto não está registado, ou o que foi inserido não é o registado. Só segue por carta onde nem o e-mail nem o telemóvel podem ser utilizados, e nunca numa recuperação.
explain-channel_unavailable-next = Peça com um dos canais que a recusa indica.

explain-no_channel = Não há nenhum canal por onde um código possa seguir.
explain-no_channel-cause = Nem os contactos inseridos nem os registados podem ser utilizados, e não há morada ou isto não segue por carta.
explain-no_channel-next = É preciso corrigir o registo: o titular liga para a Linha Segurança Social, um operador importa os dados de novo.

explain-too_soon = O último código para este fim é demasiado recente para enviar outro.
explain-too_soon-cause = Os códigos por e-mail e SMS têm um intervalo (política resend.wait); outra carta só segue depois do dia em que a última devia ter chegado.
explain-too_soon-next = Utilize o código que foi enviado, ou espere até retry_at.

explain-too_many_codes = Foram enviados tantos códigos para este fim que por algum tempo não é enviado mais nenhum.
explain-too_many_codes-cause = O prazo desliza: está cheio até o primeiro deles sair (política resend.most, resend.window; para cartas resend.letter.most, resend.letter.window).
explain-too_many_codes-next = Utilize o código que foi enviado por último, ou espere até retry_at.

explain-no_code = Não há nenhum código desses para ler.
explain-no_code-cause = Nunca foi enviado nenhum a este titular, ou os que foram já foram utilizados, substituídos ou expiraram, e foram apagados; com outbox wait, não chegou nenhum a tempo.
explain-no_code-next = Veja o que foi enviado (ssd outbox list --niss NISS), ou peça outro.

explain-code_wrong = O que foi inserido não é o código.
explain-code_wrong-cause = Não é nenhum dos códigos emitidos para este NISS e para este fim; a resposta é a mesma para um NISS desconhecido. Cada um é contado: tantos num código, e este deixa de servir (política code.attempts); tantos seguidos, e os códigos são bloqueados (política code.failures).
explain-code_wrong-next = Veja a mensagem mais recente e insira de novo o seu código.

explain-code_expired = O código era o certo, mas chegou demasiado tarde.
explain-code_expired-cause = Um código é válido enquanto não chega o seu fim (política code.sms.life, code.email.life, code.letter.life). Não é contado como falha.
explain-code_expired-next = Peça outro: a sugestão diz como.

explain-code_used = O código já esteve certo e foi utilizado.
explain-code_used-cause = Um código serve uma só vez, seja quem for que chegue primeiro. Não é contado como falha.
explain-code_used-next = Se a conta estiver ativa, inicie sessão; senão, peça outro código.

explain-code_superseded = O código foi emitido, mas um mais recente tomou o seu lugar.
explain-code_superseded-cause = Só o código mais recente de cada fim é válido: foi pedido outro entretanto, ou a conta foi alterada. Não é contado como falha.
explain-code_superseded-next = Utilize o código da mensagem mais recente.

explain-code_blocked = Por agora os códigos não são avaliados, ou este nunca mais o será.
explain-code_blocked-cause = Foram inseridos demasiados códigos errados: num só código (política code.attempts), e esse deixa de servir e retry_at é null; ou seguidos (política code.failures), e todos os desse fim ficam bloqueados até retry_at. Uma carta não deixa de servir por tentativas de estranhos: só o limite maior vale para ela.
explain-code_blocked-next = Com retry_at, espere; sem ele, peça outro código. Um operador pode levantar o bloqueio: ssd account unlock.

explain-password_weak = A palavra-passe não manteria outros de fora.
explain-password_weak-cause = É demasiado curta, tem poucos tipos de caracteres, é das mais comuns, ou seria adivinhada em pouco tempo, talvez por quem conhece o nome, as datas, os números e os contactos do titular. O código fica por utilizar e nada é contado.
explain-password_weak-next = Utilize várias palavras que não tenham relação entre si; a mensagem diz de que regra se tratou.

explain-password_repeated = A palavra-passe é a que a conta já tem.
explain-password_repeated-cause = Foi pedida uma nova, e esta não o é.
explain-password_repeated-next = Escolha outra.

explain-login_failed = O NISS e a palavra-passe não permitem iniciar sessão.
explain-login_failed-cause = Um NISS desconhecido, uma conta que não está ativa, suspensa ou encerrada, e uma palavra-passe errada têm a mesma resposta, no mesmo tempo, para que ninguém fique a saber quem tem conta. Cada uma é contada.
explain-login_failed-next = Verifique ambos. Uma palavra-passe perdida substitui-se com ssd recover. Um operador vê a causa: ssd why PEDIDO.

explain-login_locked = O início de sessão por palavra-passe está bloqueado, seja qual for a palavra-passe.
explain-login_locked-cause = Falharam demasiados seguidos (política login.failures). O primeiro bloqueio é curto, cada um dos seguintes dura o dobro (login.lock, login.lock_most); depois de login.dead a palavra-passe deixa de servir e retry_at é null.
explain-login_locked-next = Espere até retry_at, ou defina uma nova palavra-passe por recuperação, que levanta o bloqueio. Um operador também o pode levantar: ssd account unlock.

explain-login_required = O comando precisa de uma sessão, ou de uma mais recente.
explain-login_required-cause = SSD_SESSION não está definida ou não é de nenhuma sessão, a sessão terminou (sem utilização durante session.idle, mais antiga do que session.life, ou terminada por logout, recuperação ou um operador), ou o que se pretende exige um início de sessão nos últimos minutos (session.fresh).
explain-login_required-next = Inicie sessão: SSD_SESSION=$(ssd login NISS --password-stdin); export SSD_SESSION.

explain-contact_unchanged = O contacto já é o registado, ou não existe para ser removido.
explain-contact_unchanged-cause = Alterá-lo para o que já é pareceria uma alteração. É recusado o pedido inteiro: os outros contactos do pedido também ficam como estão.
explain-contact_unchanged-next = Deixe-o de fora. Para o confirmar tal como está: ssd contacts confirm --channel CANAL.

explain-nothing_to_confirm = Nenhum contacto desse tipo espera confirmação.
explain-nothing_to_confirm-cause = O registado já está confirmado e não há outro proposto, ou não há nenhum.
explain-nothing_to_confirm-next = Veja como estão (ssd contacts show), ou proponha um (ssd contacts update).

explain-phone_code_missing = Não há código de acesso para atendimento telefónico para alterar.
explain-phone_code_missing-cause = Ainda não foi definido nenhum, ou perdeu-se com a reposição ou o encerramento da conta.
explain-phone_code_missing-next = Obtenha um: ssd phone-code set.

explain-phone_code_exists = Já existe código de acesso para atendimento telefónico.
explain-phone_code_exists-cause = O primeiro é sorteado uma vez; a partir daí é alterado.
explain-phone_code_exists-next = Altere-o: ssd phone-code change.

explain-phone_code_trivial = Os dígitos estão entre os que qualquer pessoa tentaria primeiro.
explain-phone_code_trivial-cause = São recusados um dígito seis vezes, uma sequência crescente ou decrescente e a data de nascimento do titular.
explain-phone_code_trivial-next = Escolha outros, ou deixe que sejam sorteados: ssd phone-code change --generate.

explain-phone_code_unchanged = Os dígitos são os que o titular já tem.
explain-phone_code_unchanged-cause = Foram pedidos outros, e estes não o são.
explain-phone_code_unchanged-next = Escolha outros, ou deixe que sejam sorteados: ssd phone-code change --generate.

explain-phone_code_wrong = Os dígitos inseridos no atendimento telefónico não são os do titular.
explain-phone_code_wrong-cause = A resposta é a mesma para um NISS desconhecido e para um titular que não tem código. Tantos seguidos, e o código é bloqueado (política phone_code.failures).
explain-phone_code_wrong-next = Insira de novo os seis dígitos. O titular pode alterá-los: ssd phone-code change.

explain-phone_code_blocked = O código de acesso para atendimento telefónico já não é avaliado.
explain-phone_code_blocked-cause = Foram inseridos demasiados errados seguidos (política phone_code.failures). Não termina com o passar do tempo.
explain-phone_code_blocked-next = O titular altera-o (ssd phone-code change), ou um operador desbloqueia-o (ssd account unlock).

explain-call_required = Não há ninguém identificado em linha.
explain-call_required-cause = SSD_CALL não está definida ou não é de nenhuma chamada, a chamada terminou (política phone_line.token.life), ou entretanto a conta do titular foi suspensa, reposta, encerrada ou teve outros dígitos. A resposta é a mesma, seja qual for o caso.
explain-call_required-next = Identifique de novo quem liga: export SSD_CALL=$(ssd phone-line).

explain-cmd_not_enrolled = O fornecedor de autenticação não conhece nenhuma Chave Móvel Digital deste titular.
explain-cmd_not_enrolled-cause = Nunca foi ativada, ou foi cancelada. A resposta é a mesma, quer o serviço conheça o NISS quer não.
explain-cmd_not_enrolled-next = Um operador ativa-a no fornecedor: ssd cmd enrol NISS. Em alternativa, registe-se pelo portal ou inicie sessão com a palavra-passe.

explain-cmd_enrolled = O fornecedor de autenticação já conhece uma Chave Móvel Digital deste titular.
explain-cmd_enrolled-cause = Outro PIN ou outro telemóvel não pode surgir sem que se note, pelo que um segundo pedido é recusado.
explain-cmd_enrolled-next = Cancele-a primeiro: ssd cmd revoke NISS. Com ela terminam os seus códigos e o seu bloqueio.

explain-cmd_pin_wrong = Esse não é o PIN da Chave Móvel Digital do titular.
explain-cmd_pin_wrong-cause = O fornecedor de autenticação compara-o e conta: tantos errados seguidos bloqueiam-na (política cmd.pin.failures). Não sabe nada de contas, pelo que a resposta é a mesma seja como for a conta.
explain-cmd_pin_wrong-next = Insira o PIN de novo. Quem já não o sabe ativa outra: ssd cmd revoke e depois ssd cmd enrol.

explain-cmd_code_wrong = Esse não é o código temporário da Chave Móvel Digital.
explain-cmd_code_wrong-cause = Não é o código enviado por último, ou não foi enviado nenhum. Tantos errados seguidos, contando todos os códigos, bloqueiam-na (política cmd.code.failures); um código anterior do próprio titular não é contado.
explain-cmd_code_wrong-next = Veja o SMS mais recente e insira de novo o seu código, ou peça outro: o mesmo comando sem --code.

explain-cmd_code_expired = O código temporário era o certo, mas chegou demasiado tarde.
explain-cmd_code_expired-cause = É válido enquanto não chega o seu fim (política cmd.code.life). Não é contado como falha.
explain-cmd_code_expired-next = Peça outro: o mesmo comando sem --code.

explain-cmd_blocked = A Chave Móvel Digital do titular está bloqueada.
explain-cmd_blocked-cause = Foram inseridos demasiados PIN errados, ou demasiados códigos temporários errados, seguidos (política cmd.pin.failures, cmd.code.failures). Não termina com o passar do tempo. Não afeta a palavra-passe, se a houver.
explain-cmd_blocked-next = Um operador desbloqueia-a (ssd account unlock), ou cancela-a (ssd cmd revoke) e ativa-a de novo (ssd cmd enrol).

explain-consent_refused = O titular não autorizou que o fornecedor entregasse os dados.
explain-consent_refused-cause = Depois de um código certo o fornecedor pede a autorização; fora de um terminal é --consent, num terminal é uma pergunta. O código continua válido.
explain-consent_refused-next = Repita o comando com --code e --consent, se os dados puderem ser entregues.

explain-sandbox_only = Só uma base de ensaio faz isto.
explain-sandbox_only-cause = Um relógio que se acerta, uma semente e palavras em vez de um código seriam falhas numa base de dados de pessoas reais.
explain-sandbox_only-next = Faça-o numa base de ensaio: ssd --store FICHEIRO init --sandbox.

explain-real_only = Uma base de ensaio não faz isto.
explain-real_only-cause = Uma base de ensaio não tem ficheiro de chave: a chave resulta da semente, e nada nela é secreto.
explain-real_only-next = Faça-o numa base de dados que não seja de ensaio: ssd --store FICHEIRO init.

explain-clock_backwards = A hora indicada é anterior à da base de ensaio.
explain-clock_backwards-cause = O relógio só anda para a frente: o que expirou não pode voltar a valer.
explain-clock_backwards-next = Indique uma hora posterior, ou comece mais cedo numa base de ensaio própria: ssd --store FICHEIRO init --sandbox --at HORA.

explain-not_in_registry = O registo não tem dados deste NISS.
explain-not_in_registry-cause = Nunca foram importados, ou foram apagados.
explain-not_in_registry-next = Verifique se foi bem escrito, ou importe os dados: ssd registry import FICHEIRO.

explain-holder_inactive = Segundo o registo, o titular faleceu ou cessou.
explain-holder_inactive-cause = A última importação trazia o estado deceased ou ceased.
explain-holder_inactive-next = Se não for assim, importe os dados de novo com o estado certo.

explain-not_suspended = A conta não está suspensa, pelo que não pode ser retomada.
explain-not_suspended-cause = Está pedida, ativa ou encerrada.
explain-not_suspended-next = Veja como está: ssd account show NISS.

explain-no_message = Não existe essa mensagem.
explain-no_message-cause = Nenhuma mensagem tem este número, ou não chegou a tempo a que era esperada.
explain-no_message-next = Veja as que existem: ssd outbox list.

explain-no_request = A auditoria não tem nenhuma entrada com este número.
explain-no_request-cause = O número de um pedido é `request` na resposta e a primeira coluna de ssd audit list.
explain-no_request-next = Veja as que existem: ssd audit list.
# Num SMS, o assunto de um alerta é cortado ao espaço que sobra.
message-alert-decision-subject = Decisão sobre o seu requerimento
message-alert-decision = { $decision ->
        [granted] O seu requerimento foi deferido: { $about }
       *[refused] O seu requerimento foi indeferido: { $about }
    }
message-alert-decision-sms = { $decision ->
        [granted] Seguranca Social Direta: o seu requerimento foi deferido: { $about }
       *[refused] Seguranca Social Direta: o seu requerimento foi indeferido: { $about }
    }
message-alert-benefit-subject = Uma prestação a que tem direito
message-alert-benefit = { $amount ->
        [none] Tem direito a uma prestação: { $about }
       *[other] Tem direito a uma prestação de { $amount }: { $about }
    }
message-alert-benefit-sms = { $amount ->
        [none] Seguranca Social Direta: tem direito a uma prestacao: { $about }
       *[other] Seguranca Social Direta: tem direito a uma prestacao de { $amount }: { $about }
    }
message-alert-payment-subject = Um pagamento para si
message-alert-payment = Pagamento de { $amount } em { $paid_on }: { $about }
message-alert-payment-sms = Seguranca Social Direta: pagamento de { $amount } em { $paid_on }: { $about }
